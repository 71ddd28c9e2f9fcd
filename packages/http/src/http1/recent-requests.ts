import type { Timer } from '@lastcall/core'
import type { Attachment } from '../connections/attachment.ts'
import type { Connection } from '../connections/connection.ts'

/** How long the clock is not read while requests come in a crowd, in milliseconds. */
const CROWD_MS = 50

/** As many requests in that time are a crowd. */
const CROWD = 10

/** When requests of one server come and go before the signal, and which of them may go on. */
export interface RecentRequests {
  /** One begins. */
  begin(): void
  /** The newest has been through its handler. */
  end(): void
  /** The newest, on this connection, goes on. */
  goOn(connection: Connection): void
  /** Whether they crowd now: then there is nothing to be done when one begins or ends. */
  isCrowded(): boolean
  /** Looks at what a crowd has left open. */
  look(): void
}

/**
 * Makes the record of recent requests. Reading the clock, or a listener on a response, costs a quick request more than
 * all else that is done for it. So only where there are few has each one its own: those of a crowd are taken for as old
 * and for as lately ended as they can be, and a look forgets the responses that are over. `onOpen` gets the others.
 */
export function createRecentRequests(attachment: Attachment, onOpen: (connection: Connection) => void): RecentRequests {
  const { clock } = attachment
  let crowded: Connection[] = []
  let crowd: Timer
  let beganAt = 0
  let countedFrom = -Infinity
  let count = 0

  function look(): void {
    if (crowd === undefined) return
    clock.clearTimeout(crowd)
    crowd = undefined
    attachment.isQuick = false
    attachment.endedAt = clock.now()
    const looked = crowded
    crowded = []
    for (const connection of looked) {
      connection.isCrowded = false
      if (connection.response?.closed === false) onOpen(connection)
      else connection.response = undefined
    }
  }

  function readClock(): void {
    beganAt = clock.now()
    if (beganAt - countedFrom >= CROWD_MS) {
      countedFrom = beganAt
      count = 0
    }
    count++
    if (count < CROWD) return
    countedFrom = -Infinity
    crowd = clock.setTimeout(look, CROWD_MS)
  }

  return {
    begin() {
      if (crowd === undefined) readClock()
    },
    end() {
      if (crowd === undefined) attachment.endedAt = clock.now()
    },
    goOn(connection) {
      connection.activeAt = beganAt
      if (crowd === undefined) return onOpen(connection)
      if (connection.isCrowded) return
      connection.isCrowded = true
      crowded.push(connection)
    },
    isCrowded: () => crowd !== undefined,
    look,
  }
}
