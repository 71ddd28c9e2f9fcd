import type { Clock, Timer } from '@lastcall/core'
import type { Connection } from '../connections/connection.ts'

/** From a request to the look at what became of it, in milliseconds. */
const LOOK_MS = 100

/** As many of the requests in that time are watched each by itself: a thousand a second cost nothing that shows. */
const WATCHED = 100

/** The connections of one server that have had a request since they were last looked at. */
export interface RecentRequests {
  /**
   * Notes a connection whose request has just begun, and says when that was: up to 100 ms too early. `undefined` while
   * requests are few: then it is for the caller to watch the response.
   */
  note(connection: Connection): number | undefined
  /** Looks at them now. */
  look(): void
}

/**
 * Makes the record of recent requests. A listener on each response, and the time of each, would cost a quick request
 * more than all else that is done for it: so where there are many of them, a look every now and then forgets the
 * responses that are over, and hands those that are not to `onOpen`.
 */
export function createRecentRequests(clock: Clock, onOpen: (connection: Connection) => void): RecentRequests {
  let recent: Connection[] = []
  let notedAt = 0
  let noted = 0
  let timer: Timer

  function look(): void {
    clock.clearTimeout(timer)
    timer = undefined
    const looked = recent
    recent = []
    const now = clock.now()
    for (const connection of looked) {
      connection.isRecent = false
      if (connection.response?.closed === false) {
        onOpen(connection)
      } else {
        connection.response = undefined
        connection.activeAt = now
      }
    }
  }

  return {
    note(connection) {
      if (timer === undefined) {
        notedAt = clock.now()
        noted = 0
        timer = clock.setTimeout(look, LOOK_MS)
      }
      if (++noted <= WATCHED) return undefined
      if (!connection.isRecent) {
        connection.isRecent = true
        recent.push(connection)
      }
      return notedAt
    },
    look,
  }
}
