import { LastcallError } from '@lastcall/core'
import type { Host } from './host.ts'
import { NEST_APP_PROTOTYPE, type NestApp } from './nest-app.ts'
import { HOST } from './tokens.ts'
import { warnOfShutdownHooks } from './warn-of-rivals.ts'

const ADOPTS = Symbol('lastcall.adopts')

/**
 * Has every application that imports the module come to its host when it initialises. Nest tells no provider which
 * application it is part of, so the step that all kinds of them take is where to meet it; others pass it as before.
 * Throws `LASTCALL_ALREADY_ATTACHED`, there, when the module was imported more than once.
 */
export function adoptApps(): void {
  wrap('callInitHook', (host, app, call) => host.init(app, call))
  wrap('callBootstrapHook', (host, app, call) => host.bootstrap(app, call))
  wrap('enableShutdownHooks', ({ lifecycle }, app) => {
    warnOfShutdownHooks(lifecycle)
    return app
  })
}

type Method = 'callInitHook' | 'callBootstrapHook' | 'enableShutdownHooks'

function wrap<Name extends Method>(
  name: Name,
  instead: (host: Host, app: NestApp, call: NestApp[Name]) => ReturnType<NestApp[Name]>,
): void {
  const original = NEST_APP_PROTOTYPE[name] as (...args: unknown[]) => ReturnType<NestApp[Name]>
  if (ADOPTS in original) return
  function wrapped(this: NestApp, ...args: unknown[]) {
    const call = () => original.apply(this, args)
    const host = hostOf(this)
    return host ? instead(host, this, call as NestApp[Name]) : call()
  }
  NEST_APP_PROTOTYPE[name] = Object.assign(wrapped, { [ADOPTS]: true }) as NestApp[Name]
}

function hostOf(app: NestApp): Host | undefined {
  const hosts = hostsOf(app)
  if (hosts.length > 1) {
    throw new LastcallError(
      'LASTCALL_ALREADY_ATTACHED',
      'LastcallModule was imported more than once: import forRoot() in the root module alone; it is global.',
    )
  }
  return hosts[0]
}

/** None in preview mode, where Nest makes no provider. */
function hostsOf(app: NestApp): Host[] {
  try {
    return app.get<Host>(HOST, { strict: false, each: true }).filter((host) => host != null)
  } catch {
    return []
  }
}
