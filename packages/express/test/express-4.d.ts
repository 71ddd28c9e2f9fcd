// The alias has no types of its own. What the specs use of Express 4 is typed as it is in 5.
declare module 'express-4' {
  export { default } from 'express'
}
