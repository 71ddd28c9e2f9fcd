import type { Judge } from './judge.ts'

/** Something holds its port when it has gone. */
export const portBound: Judge = {
  code: 'PORT-BOUND',
  judge({ portBound: bound, exitMs }) {
    if (!bound) return 'pass'
    return {
      summary: 'its port was still bound when its processes were gone',
      atMs: Math.round(exitMs),
      cause: 'A process that left its group holds the socket, so that the next start fails with EADDRINUSE.',
      fix: 'Do not detach child processes, or do not let them inherit the socket.',
    }
  },
}
