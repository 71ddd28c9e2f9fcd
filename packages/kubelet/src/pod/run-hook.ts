import type { Clock } from '@lastcall/core'
import { sleep } from '../clock/sleep.ts'
import { httpGet, urlOf } from '../handlers/http-get.ts'
import { messageOf } from '../handlers/message-of.ts'
import { readAtMost } from '../handlers/read-at-most.ts'
import { runCommand } from '../handlers/run-command.ts'
import type { ProbeTarget } from '../probes/probe-outcome.ts'
import type { HookHandler } from '../spec/pod-spec.ts'
import type { ResolvedHttpGet } from '../spec/probe-spec.ts'

/**
 * Runs a hook for real: a GET whose status does not matter, a command that must exit with 0, or a sleep on the clock.
 * Rejects when it failed. `signal` ends it.
 */
export async function runHook(
  hook: HookHandler,
  target: ProbeTarget,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  switch (hook.type) {
    case 'sleep':
      return sleep(clock, hook.seconds * 1000, signal)
    case 'httpGet':
      return runHttpHook(hook, target, signal)
    case 'exec': {
      const { code, output } = await runCommand(hook.command, target, signal)
      if (code !== 0) throw new Error(`command "${hook.command.join(' ')}" exited with ${code}: ${output}`)
    }
  }
}

async function runHttpHook(hook: ResolvedHttpGet, target: ProbeTarget, signal: AbortSignal): Promise<void> {
  const ask = (action: ResolvedHttpGet) => httpGet(urlOf(action, target), action, 'kube-lifecycle', signal)
  const response = await ask(hook).catch((error: unknown) => {
    if (hook.scheme === 'HTTP' || !answersInPlainText(error)) throw error
    const httpHeaders = hook.httpHeaders.filter(({ name }) => name.toLowerCase() !== 'authorization')
    return ask({ ...hook, scheme: 'HTTP', httpHeaders })
  })
  // A hook that answers slowly holds the stop up until its body has ended, and may break it off.
  await readAtMost(response).catch(() => undefined)
}

/** Hooks that say HTTPS once worked without TLS, and still do. */
function answersInPlainText(error: unknown): boolean {
  return /wrong version number|packet length too long/i.test(messageOf(error))
}
