/** The steps of a shutdown, in order; `announce` and `lameDuck` run side by side. */
export const PHASES = ['announce', 'lameDuck', 'drain', 'close', 'flush'] as const

/** One step of a shutdown. */
export type Phase = (typeof PHASES)[number]

/** The phases that run what users register: the lame duck only waits. */
export type HookPhase = Exclude<Phase, 'lameDuck'>
