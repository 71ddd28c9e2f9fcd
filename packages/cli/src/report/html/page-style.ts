/** The style of the report: light or dark as the reader's system is, on a desk, on a phone and on paper. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f5f1, #0f1316);
  --card: light-dark(#fffefb, #171c20);
  --ink: light-dark(#1b2126, #e9ecee);
  --soft: light-dark(#59626a, #9ba6ae);
  --line: light-dark(#e3e0d8, #2a3137);
  --hollow: light-dark(#efece4, #20272c);
  --good: light-dark(#1f6f5c, #5cc3a3);
  --bad: light-dark(#ae2f26, #f0837a);
  --good-wash: light-dark(#e0efe9, #17322a);
  --bad-wash: light-dark(#f8e2df, #3b1f1d);
  --propagation: light-dark(#4a6fa5, #86abdf);
  --lame-duck: light-dark(#c98a2b, #e3a857);
  --drain: light-dark(#1f6f5c, #5cc3a3);
  --answered: light-dark(#a3cfc0, #2f6b59);
  --server-error: light-dark(#7a5c99, #b79ad6);
  --refused: light-dark(#ae2f26, #f0837a);
  --reset-new: light-dark(#d4611c, #f59a5b);
  --reset-reused: light-dark(#d99a1f, #ecc46a);
  --truncated: light-dark(#a8327d, #e58ac4);
  --timed-out: light-dark(#59626a, #9ba6ae);
  --retryable: light-dark(#4a6fa5, #86abdf);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif;
  overflow-wrap: break-word;
  -webkit-text-size-adjust: 100%;
}
main { max-width: 68rem; margin: 0 auto; padding: clamp(1rem, 4vw, 2.5rem) clamp(0.875rem, 4vw, 2rem) 3rem; }
h1, h2, h3 { font-weight: 650; line-height: 1.25; text-wrap: balance; }
h1 { display: flex; flex-wrap: wrap; gap: 0.25rem 0.875rem; align-items: center; font-size: clamp(1.75rem, 6vw, 2.5rem); letter-spacing: -0.02em; }
h2 { font-size: 1.0625rem; }
h3 { font-size: 1rem; }
small, .soft, .note { color: var(--soft); font-size: 0.8125rem; }
small { display: block; font-weight: 400; line-height: 1.4; }
code, pre { font-family: var(--mono); font-size: 0.875em; overflow-wrap: anywhere; }
a { color: inherit; text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--propagation); outline-offset: 2px; }
.brand { color: var(--good); font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.02em; }
.lead { max-width: 78ch; margin-top: 0.75rem; text-wrap: pretty; }
.lead code { padding: 0.1em 0.35em; border-radius: 0.3em; background: var(--hollow); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.state { padding: 0.3em 0.85em; border-radius: 2em; font-size: 0.875rem; font-weight: 600; letter-spacing: 0; white-space: nowrap; }
.state.good { background: var(--good-wash); }
.state.bad { background: var(--bad-wash); }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); gap: 1px; margin: 1.5rem 0 1rem; overflow: hidden; border: 1px solid var(--line); border-radius: 0.875rem; background: var(--line); }
.figures > div { padding: 0.875rem 1.25rem 1rem; background: var(--card); }
.figures dt { color: var(--soft); font-size: 0.8125rem; }
.figures dd:not(.note) { font-size: 1.75rem; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; line-height: 1.25; white-space: nowrap; }

.card { margin-top: 1rem; padding: 1.125rem 1.25rem 1.25rem; border: 1px solid var(--line); border-radius: 0.875rem; background: var(--card); }
.card > .note { max-width: 70ch; margin-top: 0.125rem; }
.card > .note + * { margin-top: 0.875rem; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1rem; }
.columns > .card { height: calc(100% - 1rem); }

.verdict { margin-top: 0.875rem; padding: 0.875rem 1.125rem 1rem; border-left: 4px solid var(--bad); border-radius: 0.375rem; background: var(--bad-wash); }
.verdict p { margin-top: 0.125rem; }
.verdict dl { display: grid; gap: 0.375rem 2rem; margin-top: 0.625rem; }
.verdict dl > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; }
.verdict dt { font-size: 0.875rem; font-weight: 600; line-height: 1.7; }
.code { margin-left: 0.375rem; font-family: var(--mono); font-size: 0.75rem; font-weight: 600; white-space: nowrap; }
.passed { display: flex; flex-wrap: wrap; gap: 0.375rem 1.5rem; margin-top: 0.875rem; padding: 0; list-style: none; font-size: 0.9375rem; }
.passed li::before { margin-right: 0.4em; color: var(--good); content: '✓'; font-weight: 700; }
.passed + .note { margin-top: 0.625rem; }

.timeline { margin-top: 0.875rem; }
.row, .axis { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr) 7rem; gap: 0 1rem; align-items: center; }
.row { padding: 0.25rem 0; }
.name b { display: block; font-size: 0.9375rem; font-weight: 600; line-height: 1.25; }
.name small { font-size: 0.75rem; line-height: 1.3; }
.value { font-size: 0.875rem; font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
.track { position: relative; height: 1.5rem; overflow: hidden; border-radius: 0.375rem; background: var(--hollow); }
.tall .track { height: 6rem; }
.tall { padding: 0.5rem 0; }
.track > * { position: absolute; top: 0; height: 100%; }
.bar { min-width: 3px; border-radius: 0.25rem; }
.bar.wait { background: var(--soft); }
.bar.propagation { background: var(--propagation); }
.bar.lameDuck { background: var(--lame-duck); }
.bar.drain { background: var(--drain); }
.bar.idle { background: repeating-linear-gradient(-45deg, var(--drain) 0 2px, transparent 2px 7px); opacity: 0.7; }
.gap { display: flex; align-items: center; justify-content: center; background: repeating-linear-gradient(-45deg, var(--bad-wash) 0 6px, transparent 6px 12px), var(--bad-wash); }
.gap b { padding: 0 0.5em; overflow: hidden; color: var(--bad); font-size: 0.75rem; font-style: normal; font-weight: 600; text-overflow: ellipsis; white-space: nowrap; }
.point { top: 50%; width: 0.75rem; height: 0.75rem; margin-left: -0.375rem; border-radius: 0.125rem; background: currentColor; transform: translateY(-50%) rotate(45deg); }
.strip { top: 50%; height: 0.5rem; transform: translateY(-50%); }
.strip.green { background: var(--good); }
.strip.red { background: var(--bad); }
.line { width: 1px; background: var(--ink); }
.line.soft { background: none; border-left: 1px dashed var(--soft); }
.axis { height: 1.25rem; }
.axis > div { position: relative; grid-column: 2; height: 100%; }
.axis span { position: absolute; color: var(--soft); font-size: 0.75rem; font-variant-numeric: tabular-nums; transform: translateX(-50%); white-space: nowrap; }
.axis .signal { color: var(--ink); font-weight: 650; }

.answered { --hue: var(--answered); }
.serverError { --hue: var(--server-error); }
.refused { --hue: var(--refused); }
.resetNew { --hue: var(--reset-new); }
.resetReused { --hue: var(--reset-reused); }
.truncated { --hue: var(--truncated); }
.timedOut { --hue: var(--timed-out); }
.retryable { --hue: var(--retryable); }
.latency { --hue: color-mix(in srgb, var(--propagation) 65%, transparent); }
path { fill: var(--hue); }
.swatch { display: inline-block; width: 0.75em; height: 0.75em; margin-right: 0.4em; border-radius: 0.2em; background: var(--hue); }
.legend { margin-right: 0.5em; white-space: nowrap; }

table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { border-top: 0; color: var(--soft); font-size: 0.75rem; font-weight: 500; vertical-align: bottom; }
tbody th { font-weight: 500; }
.figure { padding-right: 0; padding-left: 0.75rem; font-variant-numeric: tabular-nums; text-align: right; }
td.figure { white-space: nowrap; }
.figure + td:not(.figure), .figure + th:not(.figure) { padding-left: 1.25rem; }
th.figure:first-child, td.figure:first-child { padding-right: 0.875rem; padding-left: 0; }
td.bad, td.good { font-weight: 600; }
.none { color: var(--soft); }
.words { display: grid; gap: 0.25rem; margin-top: 0.75rem; font-size: 0.8125rem; }
.words dt { display: inline; font-weight: 600; }
.words dt::after { content: ':'; }
.words dd { display: inline; color: var(--soft); }
.plain { padding-left: 1.1em; font-size: 0.9375rem; }
pre { max-height: 24rem; padding: 0.75rem 0.875rem; overflow: auto; border-radius: 0.5rem; background: var(--hollow); font-size: 0.8125rem; line-height: 1.5; white-space: pre-wrap; }

details { margin-top: 1rem; }
summary { padding: 0.75rem 0; border-bottom: 1px solid var(--line); cursor: pointer; font-weight: 500; }
summary .state { margin-right: 0.5rem; }
details > .note { margin-top: 0.5rem; }

@media (max-width: 50rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .columns > .card { height: auto; }
  .row { grid-template-columns: minmax(0, 1fr) auto; gap: 0.2rem 0.75rem; padding: 0.4rem 0; }
  .track { grid-row: 2; grid-column: 1 / -1; height: 1.125rem; }
  .tall .track { height: 4.5rem; }
  .axis { grid-template-columns: minmax(0, 1fr); }
  .axis > div { grid-column: 1; }
  .verdict dl > div { grid-template-columns: minmax(0, 1fr); }
  .card { padding: 1rem; }
}
@media print {
  body { background: none; }
  .card, .figures { break-inside: avoid; }
}
`
