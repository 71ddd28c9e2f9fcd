import type { Lifecycle, ShutdownReport } from '@lastcall/core'
import type { TerminusProcess } from './terminus-process.ts'

/**
 * Ends the process after the shutdown as terminus does, once every other lifecycle in it has stopped too: with 0, or of
 * the signal; with 1 when a hook failed. What was cut at the timeout is no failure to terminus.
 */
export function endProcess(lifecycle: Lifecycle, process: TerminusProcess, useExit0: boolean): void {
  const member = { name: lifecycle.name, exitCode: undefined as number | undefined }
  process.exitMembers.add(member)

  function end(signal: string): void {
    const codes = [...process.exitMembers].map(({ exitCode }) => exitCode)
    if (codes.includes(undefined)) return
    const worst = Math.max(...(codes as number[]))
    if (worst > 0 || useExit0) return process.exit(worst)
    process.raise(signal)
    // Still here: it is PID 1, which the kernel keeps from signals that nobody listens to, or someone listens.
    process.exit(128 + (process.signalNumber(signal) ?? 0))
  }

  lifecycle.subscribe((event) => {
    if (event.type !== 'shutdown:end') return
    const { report } = event
    if (report.outcome === 'forced') return process.exit(report.exitCode)
    member.exitCode = hasFailed(report) ? 1 : 0
    // After a turn the lifecycle no longer listens, so that the signal does what it does by default.
    lifecycle.clock.setTimeout(() => end(report.reason.text), 0)
  })
}

function hasFailed({ hooks, errors }: ShutdownReport): boolean {
  return errors.length > 0 || hooks.some(({ outcome }) => outcome !== 'ok')
}
