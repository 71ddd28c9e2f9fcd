/** The server as Node makes it: what all others are compared with. */
export const BARE = 'bare node:http'

/** The same once more: how far it is from 1 is what the measurement cannot tell apart. */
export const BARE_AGAIN = 'bare node:http, again'
