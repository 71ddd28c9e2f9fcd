// Preloaded into processes that specs start: has them use the Nest that is installed in this folder.
import { registerHooks } from 'node:module'

const here = new URL('../', import.meta.url)

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isNest = specifier.startsWith('@nestjs/') && !context.parentURL?.startsWith(here.href)
    return nextResolve(specifier, isNest ? { ...context, parentURL: new URL('package.json', here).href } : context)
  },
})
