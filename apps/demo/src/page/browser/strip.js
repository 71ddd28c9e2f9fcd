import { html } from './htm.js'

const SECONDS = 120

/** A status over time, newest at the right: one cell a second. */
export function Strip({ statuses, label }) {
  return html`
    <svg class="strip" viewBox="0 0 ${SECONDS} 10" preserveAspectRatio="none" role="img" aria-label=${label}>
      <rect class="none" width=${SECONDS} height="10" />
      ${runsOf(statuses).map(
        ({ status, from, length }) =>
          html`<rect class=${status} x=${SECONDS - statuses.length + from} width=${length} height="10" />`,
      )}
    </svg>
  `
}

/** A number over time, newest at the right. */
export function Curve({ values, label }) {
  const most = Math.max(4, ...values)
  const points = values.map(
    (value, index) => `${SECONDS - values.length + index + 1},${(38 - (value / most) * 36).toFixed(1)}`,
  )
  const first = SECONDS - values.length + 1
  return html`
    <svg class="curve" viewBox="0 0 ${SECONDS} 40" preserveAspectRatio="none" role="img" aria-label=${label}>
      ${
        values.length > 1 &&
        html`<polygon points=${`${first},40 ${points.join(' ')} ${SECONDS},40`} />
          <polyline points=${points.join(' ')} />`
      }
    </svg>
  `
}

function runsOf(statuses) {
  const runs = []
  statuses.forEach((status, index) => {
    const last = runs.at(-1)
    if (last?.status === status) last.length += 1
    else runs.push({ status: status ?? 'none', from: index, length: 1 })
  })
  return runs
}
