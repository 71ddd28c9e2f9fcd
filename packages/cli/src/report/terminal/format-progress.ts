import type { ProgressEvent } from '../../drill/progress.ts'
import type { TimelineEvent } from '../../drill/result.ts'
import { formatCount, formatMs, formatNumberOf, formatOffset } from '../format-figures.ts'
import { plainText } from '../plain-text.ts'
import { describeEnd, describeLoss, nameEvent } from '../summarize-drill.ts'

/** What happened, as one line without its end; `undefined` for what is not worth one, such as the load's counts. */
export function formatProgress(event: ProgressEvent): string | undefined {
  switch (event.type) {
    case 'drillStarted':
      return `drill: ${plainText(event.command.join(' '))}`
    case 'runStarted':
      return event.runs > 1 ? `${event.scenario}, run ${event.run} of ${event.runs}` : event.scenario
    case 'spawned':
      return `  started as process ${event.pid}`
    case 'urlFound':
      return `  listens on ${plainText(event.url)}`
    case 'ready':
      return `  ready after ${formatMs(Math.round(event.afterMs))}`
    case 'loadStarted':
      return `  ${formatNumberOf(event.rps, 'request')}/s on ${formatNumberOf(event.connections, 'connection')}`
    case 'timeline':
      return `  ${formatEvent(event.event)}`
    case 'runFinished':
      return `  ${describeLoss(event.result)}, ${describeEnd(event.result)}`
    default:
      return undefined
  }
}

/** `+12 ms readiness red (503)`. */
export function formatEvent(event: TimelineEvent): string {
  return `${formatOffset(event.atMs)} ${nameEvent(event)}`
}

/** `+2.31 s  1 240 sent, 37 failed, 12 in flight`. */
export function formatLoad({ atMs, sent, failed, inFlight }: ProgressEvent & { type: 'load' }): string {
  const when = atMs === null ? 'before the signal' : formatOffset(atMs)
  const lost = failed > 0 ? `, ${formatCount(failed)} failed` : ''
  return `${when}  ${formatCount(sent)} sent${lost}, ${formatCount(inFlight)} in flight`
}
