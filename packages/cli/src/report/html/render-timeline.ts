import type { RunResult } from '../../drill/result.ts'
import { createWaterfall, type WaterfallBar } from '../create-waterfall.ts'
import { formatMs, formatOffset, formatSetting } from '../format-figures.ts'
import { describeExit } from '../summarize-drill.ts'
import { type Content, html, type Markup } from './html.ts'
import { latencyRow, lossRow, requestRow } from './chart-rows.ts'
import { probeRow } from './probe-row.ts'
import { createTimeAxis, type TimeAxis } from './time-axis.ts'

/** How much of the width is seen as a part of a bar, in percent. */
const SEEN = 1

const BAR_NOTES: Readonly<Record<WaterfallBar['key'], string>> = {
  wait: 'the platform waits before the signal',
  propagation: 'new connections still come',
  lameDuck: 'the server still takes them',
  drain: 'it finishes what is in flight',
}

/** One row of the timeline: what it is, its picture on the axis, and its figure. */
export interface TimelineRow {
  readonly name: string
  readonly note: Content
  readonly track: Content
  readonly figure: string
  readonly tall?: boolean
}

/** The shutdown on one axis: its steps, both probes, what became of the requests, and how slow the answers were. */
export function renderTimeline(run: RunResult): Markup {
  const waterfall = createWaterfall(run)
  const axis = createTimeAxis(run, waterfall)
  const routedUntilMs = waterfall.bars.find(({ key }) => key === 'propagation')?.toMs ?? 0
  const rows = [
    ...waterfall.bars.map((bar) => barRow(bar, axis, routedUntilMs)),
    exitRow(run, axis),
    probeRow(run, axis, 'readiness', 'red: route elsewhere'),
    probeRow(run, axis, 'liveness', 'red: restart it'),
    requestRow(run, axis),
    lossRow(run, axis),
    latencyRow(run, axis),
  ]
  return html`<div class="timeline">
    ${renderAxis(axis)} ${rows.map((row) => row !== undefined && renderRow(row, axis, run.exitMs))} ${renderAxis(axis)}
  </div>`
}

function barRow(
  { key, name, fromMs, toMs, idleFromMs = toMs }: WaterfallBar,
  axis: TimeAxis,
  routedUntilMs: number,
): TimelineRow {
  const gap = key === 'lameDuck' && routedUntilMs > toMs
  const idle = axis.position(toMs) - axis.position(idleFromMs) > SEEN
  return {
    name,
    note: idle ? `${BAR_NOTES[key]}; hatched: nothing is left` : BAR_NOTES[key],
    figure: formatMs(toMs - fromMs),
    track: [
      gap && html`<i class="gap" style="${axis.span(toMs, routedUntilMs)}"><b>nobody listens</b></i>`,
      html`<i class="bar ${key}" style="${axis.span(fromMs, idle ? idleFromMs : toMs)}"></i>`,
      idle && html`<i class="bar idle" style="${axis.span(idleFromMs, toMs)}"></i>`,
    ],
  }
}

function exitRow(run: RunResult, axis: TimeAxis): TimelineRow {
  const kind = run.exitCode === 0 ? 'good' : 'bad'
  return {
    name: 'exit',
    note: describeExit(run),
    figure: formatOffset(run.exitMs),
    track: html`<i class="point ${kind}" style="left:${axis.position(run.exitMs)}%"></i>`,
  }
}

function renderRow({ name, note, track, figure, tall = false }: TimelineRow, axis: TimeAxis, exitMs: number): Markup {
  return html`<div class="row${tall && ' tall'}">
    <div class="name"><b>${name}</b> <small>${note}</small></div>
    <div class="track">
      ${track} <i class="line" style="left:${axis.position(0)}%"></i>
      <i class="line soft" style="left:${axis.position(exitMs)}%"></i>
    </div>
    <div class="value">${figure}</div>
  </div>`
}

function renderAxis(axis: TimeAxis): Markup {
  return html`<div class="axis" aria-hidden="true">
    <div>
      ${axis.ticks.map(
        (ms) =>
          html`<span class="${ms === 0 && 'signal'}" style="left:${axis.position(ms)}%"
            >${ms === 0 ? 'signal' : formatSetting(ms)}</span
          >`,
      )}
    </div>
  </div>`
}
