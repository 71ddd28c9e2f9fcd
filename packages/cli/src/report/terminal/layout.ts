import type pico from 'picocolors'

/** Paints text, or leaves it as it is. */
export type Paint = ReturnType<typeof pico.createColors>

/** How text is laid out and painted. */
export interface Layout {
  readonly paint: Paint
  /** In characters. */
  readonly width: number
}
