import type { Timer } from '@lastcall/core'
import { type Attachment, noteRest } from '../connections/attachment.ts'
import type { Connection } from '../connections/connection.ts'

/** How long requests are recent together, from the first on, in milliseconds. */
const RECENT_MS = 20

/** When requests of one server come and go before the signal, and which of them go on. */
export interface RecentRequests {
  /** One begins, after which the next need not say so for a while. */
  begin(): void
  /** The newest, on this connection, goes on. */
  goOn(connection: Connection): void
  /** Looks at what the recent ones have left open. */
  look(): void
}

/**
 * Makes the record of recent requests. Reading the clock, or a listener on a response, costs a quick request more than
 * all else that is done for it. So those within a short time are taken for as old and for as lately ended as they can
 * be, and a look at its end forgets the responses that are over. `onOpen` gets the others.
 */
export function createRecentRequests(attachment: Attachment, onOpen: (connection: Connection) => void): RecentRequests {
  const { clock } = attachment
  let recent: Connection[] = []
  let timer: Timer
  let beganAt = 0

  function look(): void {
    if (timer === undefined) return
    clock.clearTimeout(timer)
    timer = undefined
    attachment.isQuick = false
    attachment.endedAt = clock.now()
    const looked = recent
    recent = []
    for (const connection of looked) {
      connection.isRecent = false
      if (connection.response?.closed === false) {
        attachment.busy.add(connection)
        onOpen(connection)
      } else {
        connection.response = undefined
        noteRest(attachment, connection)
      }
    }
  }

  return {
    begin() {
      if (timer !== undefined) return
      beganAt = clock.now()
      timer = clock.setTimeout(look, RECENT_MS)
    },
    goOn(connection) {
      connection.activeAt = beganAt
      if (connection.isRecent) return
      connection.isRecent = true
      recent.push(connection)
    },
    look,
  }
}
