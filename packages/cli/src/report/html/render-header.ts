import type { DrillResult } from '../../drill/result.ts'
import { formatCount, formatMs, formatNumberOf, formatSetting } from '../format-figures.ts'
import { describeExit, describePropagation, summarizeDrill } from '../summarize-drill.ts'
import { SCENARIO_WORDS } from '../words.ts'
import { type Content, html, type Markup } from './html.ts'

/** What happened in a sentence, what was done, and the figures. */
export function renderHeader(result: DrillResult): Markup {
  const passed = result.verdict === 'pass'
  return html`<header>
      <p class="brand">Lastcall drill</p>
      <h1>
        ${nameHeadline(result)} <span class="state ${passed ? 'good' : 'bad'}">${passed ? 'passed' : 'failed'}</span>
      </h1>
      ${renderLead(result)}
    </header>
    ${renderFigures(result)}`
}

/** The drill in a sentence: `37 of 1 240 requests were lost`. */
export function nameHeadline(result: DrillResult): string {
  const { passed, requests, lost } = summarizeDrill(result)
  if (lost > 0) return `${formatCount(lost)} of ${formatNumberOf(requests, 'request')} were lost`
  return passed ? 'No request was lost' : 'No request was lost, but not all is well'
}

function renderLead({ command, profile, settings, runs }: DrillResult): Markup {
  const { rps, connections, signal, preStopMs, propagationMs, gracePeriodMs } = settings
  const times = runs.length > 1 ? ` ${formatNumberOf(runs.length, 'time')}` : ''
  return html`<p class="lead">
    A fire drill: <code>${command.join(' ')}</code> was put under a load of ${formatNumberOf(rps, 'request')} a second
    on ${formatNumberOf(connections, 'connection')}, and then stopped${times} as the platform <b>${profile}</b> does it:
    ${preStopMs > 0 && html`preStop for ${formatSetting(preStopMs)}, then `}<b>${signal}</b>,
    ${
      propagationMs > 0
        ? html`new connections for ${describePropagation(settings)} more, until all that route have heard of it,`
        : 'no new connections from then on,'
    }
    and SIGKILL after a grace period of ${formatSetting(gracePeriodMs)}. A request is lost when the platform was right
    to send it and no good answer came. ${renderScenario(runs)}
  </p>`
}

function renderScenario([single, ...others]: DrillResult['runs']): Content {
  if (single === undefined || others.length > 0 || single.scenario === 'terminate') return undefined
  const { name, meaning } = SCENARIO_WORDS[single.scenario]
  return html`The scenario was <b>${name}</b>. ${meaning}`
}

function renderFigures(result: DrillResult): Markup {
  const { requests, lost } = summarizeDrill(result)
  const share = lost > 0 ? `${((lost / requests) * 100).toFixed(1)} % of them` : 'not one'
  return html`<dl class="figures">
    ${renderFigure('requests', formatCount(requests), 'sent by the drill')}
    ${renderFigure('lost', formatCount(lost), share, lost > 0 ? 'bad' : 'good')} ${renderExit(result)}
    ${renderLatency(result)}
  </dl>`
}

function renderExit({ runs }: DrillResult): Markup {
  const [slowest] = runs.toSorted((a, b) => b.exitMs - a.exitMs)
  if (slowest === undefined) return renderFigure('exit', '–', 'no run')
  const note = `${describeExit(slowest)}${runs.length > 1 ? ', the slowest' : ''}`
  return renderFigure('exit', formatMs(slowest.exitMs), note, slowest.exitCode === 0 ? '' : 'bad')
}

function renderLatency({ runs }: DrillResult): Markup {
  const worst = (span: 'before' | 'during') => Math.max(...runs.map(({ latency }) => latency[span].p99Ms ?? 0))
  const figure = worst('during') > 0 ? formatMs(worst('during')) : '–'
  return renderFigure('99 % answered within', figure, `${formatMs(worst('before'))} before the signal`)
}

function renderFigure(term: string, figure: string, note: string, kind = ''): Markup {
  return html`<div>
    <dt>${term}</dt>
    <dd class="${kind}">${figure}</dd>
    <dd class="note">${note}</dd>
  </div>`
}
