import type { ProgressEvent, ProgressListener } from '../../drill/progress.ts'
import { formatEvent, formatLoad, formatProgress } from './format-progress.ts'

const CLEAR_LINE = '\r\u001b[2K'

/** Where progress is written: `process.stderr`, so that the result alone is on stdout. */
export interface ProgressOutput {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/**
 * Shows a drill while it goes on. In a terminal one line is written over and over, and gone at the end; elsewhere, as in
 * CI, each thing that happens is a line, and the load's counts are left out.
 */
export function createProgressView(output: ProgressOutput): ProgressListener {
  return output.isTTY === true ? createLiveLine(output) : createLines(output)
}

function createLines(output: ProgressOutput): ProgressListener {
  return (event) => {
    const line = formatProgress(event)
    if (line !== undefined) output.write(`${line}\n`)
  }
}

function createLiveLine(output: ProgressOutput): ProgressListener {
  let run = ''
  let load = ''
  let latest = ''

  function update(event: ProgressEvent): void {
    if (event.type === 'load') load = formatLoad(event)
    else if (event.type === 'timeline') latest = formatEvent(event.event)
    else latest = formatProgress(event)?.trim() ?? ''
    if (event.type === 'runStarted') [run, load, latest] = [latest, '', '']
  }

  return (event) => {
    update(event)
    const line = [run, load, latest].filter((part) => part !== '').join('  ')
    // A line that is wider than the terminal would wrap, and could not be written over.
    output.write(CLEAR_LINE + (event.type === 'drillFinished' ? '' : line.slice(0, (output.columns ?? 80) - 1)))
  }
}
