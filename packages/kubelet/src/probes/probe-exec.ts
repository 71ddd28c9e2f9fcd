import { messageOf } from '../handlers/message-of.ts'
import { runCommand } from '../handlers/run-command.ts'
import type { ProbeOutcome, ProbeTarget } from './probe-outcome.ts'

/** A command succeeds with exit code 0. One that takes too long is killed, and has failed; one that is not there is `unknown`. */
export async function probeExec(
  { command }: { readonly command: readonly string[] },
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  try {
    const { code, output } = await runCommand(command, target, signal)
    if (code === 0) return { outcome: 'success', message: output }
    const message = signal.aborted ? `command "${command.join(' ')}": ${messageOf(signal.reason)}` : output
    return { outcome: 'failure', message }
  } catch (error) {
    return { outcome: 'unknown', message: messageOf(error) }
  }
}
