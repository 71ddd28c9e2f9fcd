import type { Attachment } from './connections/attachment.ts'
import { turn } from './turn.ts'

/** As many in a row as the smallest usual backlog: the queue was full, and the kernel may have dropped more. */
const FULL_QUEUE = 128

/** A client whose SYN was dropped sends it again after a second (RFC 6298); with some margin, in milliseconds. */
const SYN_RETRY_MS = 1200

/**
 * More connections may come while a poll phase runs its callbacks, so a short one is looked for: the longer it takes
 * to come, the longer it may be, up to this share of the time spent.
 */
const TURN_SHARE = 1 / 500

/**
 * Resolves in the check phase after a poll phase that took no connection. The kernel resets what waits in the accept
 * queue when the listener closes, and Node takes one connection per turn: closing right then resets nobody.
 * A flood cannot keep the listener open for longer than `limitMs`.
 */
export async function emptyAcceptQueue(attachment: Attachment, limitMs: number): Promise<void> {
  const { clock } = attachment
  const begunAt = clock.now()
  let inARow = 0
  await turn()
  while (clock.now() - begunAt < limitMs) {
    const { accepted } = attachment
    const turnedAt = clock.now()
    await turn()
    if (attachment.accepted > accepted) {
      inARow += attachment.accepted - accepted
    } else if (inARow >= FULL_QUEUE) {
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, SYN_RETRY_MS))
      inARow = attachment.accepted - accepted
    } else if (clock.now() - turnedAt <= (clock.now() - begunAt) * TURN_SHARE) {
      return
    }
  }
}
