// The alias has no types of its own. What the specs use of Koa 2 is typed as it is in 3.
declare module 'koa-2' {
  export { default } from 'koa'
}
