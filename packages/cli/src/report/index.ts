// What a drill shows while it goes on.
export { createProgressView, type ProgressOutput } from './terminal/create-progress-view.ts'

// A drill's result, for the terminal, a browser, a program and CI.
export { type DrillFormat, formatDrill } from './terminal/format-drill.ts'
export { formatComparison } from './terminal/format-comparison.ts'
export { wantsColors } from './wants-colors.ts'
export { renderHtml } from './html/render-html.ts'
export { toJson } from './to-json.ts'
export { toJunit } from './to-junit.ts'
export { compareWithBaseline, parseBaseline, type Regression } from './compare-with-baseline.ts'
