import { resolveBudget } from './budget/resolve-budget.ts'
import { invalidOption } from './errors/invalid-option.ts'
import type { ExitOptions, LifecycleOptions, ResolvedOptions } from './options.ts'
import { detectPlatform } from './platform/detect-platform.ts'
import { PRESETS } from './platform/presets.ts'
import type { ProcessPort } from './ports/process.ts'
import type { Details } from './probes/probe.ts'

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP']

/** Applies every default once, to a new object. Throws `LASTCALL_INVALID_OPTION` and `LASTCALL_BUDGET_EXCEEDED`. */
export function resolveOptions(options: LifecycleOptions, process: ProcessPort): ResolvedOptions {
  const name = options.name ?? 'service'
  if (name === '') throw invalidOption('name', name, 'the name of the service')
  const platform = options.platform ?? detectPlatform(process)
  if (!Object.hasOwn(PRESETS, platform)) {
    throw invalidOption('platform', platform, `one of ${Object.keys(PRESETS).join(', ')}`)
  }
  const readinessWhileDraining = options.readinessWhileDraining ?? 'fail'
  if (readinessWhileDraining !== 'fail' && readinessWhileDraining !== 'serve') {
    throw invalidOption('readinessWhileDraining', readinessWhileDraining, "'fail' or 'serve'")
  }
  return {
    name,
    platform,
    ...resolveBudget(name, platform, options),
    readinessWhileDraining,
    details: resolveDetails(options.details ?? 'never'),
    signals: resolveSignals(options.signals ?? SIGNALS, process),
    exit: resolveExit(options.exit ?? true),
  }
}

function resolveDetails(details: Details): Details {
  if (details === 'never' || details === 'always' || typeof details === 'function') return details
  throw invalidOption('details', details, "'never', 'always' or a function")
}

function resolveSignals(signals: readonly string[] | false, process: ProcessPort): readonly string[] | false {
  if (signals === false) return false
  for (const signal of signals) {
    const known = process.signalNumber(signal) !== undefined
    if (!known || signal === 'SIGKILL' || signal === 'SIGSTOP') {
      throw invalidOption('signals', signal, `signals that a process can handle, such as ${SIGNALS.join(', ')}`)
    }
  }
  // Once each: a signal that is heard twice would climb a rung by itself.
  return [...new Set(signals)]
}

function resolveExit(exit: boolean | ExitOptions): Required<ExitOptions> | false {
  if (exit === false) return false
  const { success = 0, failure = 1 } = exit === true ? {} : exit
  for (const code of [success, failure]) {
    if (!Number.isInteger(code) || code < 0 || code > 255) throw invalidOption('exit', code, 'exit codes from 0 to 255')
  }
  return { success, failure }
}
