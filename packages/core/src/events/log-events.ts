import type { Logger } from '../options.ts'
import { formatReport } from '../report/format-report.ts'
import type { LifecycleListener } from './event.ts'

/** A logger is one more subscriber: what an operator wants to read, and no more. */
export function logEvents(logger: Logger): LifecycleListener {
  return (event) => {
    switch (event.type) {
      case 'start:end':
        if (event.error === undefined) logger.info({ durationMs: event.durationMs }, 'started')
        break
      case 'shutdown:begin':
        logger.info({ reason: event.reason.text, deadlineMs: event.deadlineMs }, `shutting down: ${event.reason.text}`)
        break
      case 'escalation:climb':
        logger.warn({ rung: event.rung }, `${event.by} again: ${event.rung}`)
        break
      case 'check:change':
        if (event.to === 'pass') logger.info({ check: event.check }, `check ${event.check} passes`)
        else logger.warn({ check: event.check, output: event.output }, `check ${event.check} says ${event.to}`)
        break
      case 'hook:end':
      case 'component:stop:end':
        if (event.outcome !== 'ok') {
          const name = event.type === 'hook:end' ? event.hook : event.component
          logger.warn({ name, phase: event.phase, error: event.error }, `${name} ${event.outcome}`)
        }
        break
      case 'error:uncaught':
        logger.error({ err: event.error }, event.origin)
        break
      case 'shutdown:end':
        logger[event.report.outcome === 'clean' ? 'info' : 'error'](
          { report: event.report },
          formatReport(event.report),
        )
        break
      case 'warning':
        logger.warn({ code: event.code }, event.message)
    }
  }
}
