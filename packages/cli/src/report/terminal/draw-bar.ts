const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Where on a scale of `width` characters something lies; both ends are between 0 and 1. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Draws a bar that is always seen, to an eighth of a character at its end; what follows it is left out. */
export function drawBar({ from, to }: Span, width: number): string {
  const start = Math.min(Math.floor(from * width), width - 1)
  const eighths = Math.max(Math.min(Math.round((to * width - start) * 8), (width - start) * 8), 1)
  return ' '.repeat(start) + '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}

/** Marks every character that one of the spans touches. */
export function drawSpans(spans: readonly Span[], width: number): string {
  const cells = Array.from({ length: width }, (_, cell) =>
    spans.some(({ from, to }) => from * width < cell + 1 && to * width > cell) ? '▪' : ' ',
  )
  return cells.join('').trimEnd()
}
