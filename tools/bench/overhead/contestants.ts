/** The servers that all others are compared with. */
export const BARE: readonly string[] = ['bare node:http, 1', 'bare node:http, 2']

/** The same once more: how far it is from 1 is what the measurement cannot tell apart. */
export const BARE_AGAIN = 'bare node:http, again'
