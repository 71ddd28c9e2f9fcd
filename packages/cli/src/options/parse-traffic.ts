import type { StreamPlan } from '../load/load-plan.ts'
import { invalidOption } from './invalid-option.ts'
import { parseCount, parseShare } from './parse-number.ts'

/** `keepalive:0.7,new:0.3`: which share of the requests goes over kept connections; the shares are put in proportion. */
export function parseMix(option: string, text: string): number {
  const shares = { keepalive: 0, new: 0 }
  for (const part of text.split(',')) {
    const [kind = '', share = ''] = part.split(':')
    if (!Object.hasOwn(shares, kind)) throw invalidOption(option, text, 'shares such as keepalive:0.7,new:0.3')
    shares[kind as keyof typeof shares] = parseShare(option, share)
  }
  const sum = shares.keepalive + shares.new
  if (sum === 0) throw invalidOption(option, text, 'a share of more than 0')
  return shares.keepalive / sum
}

/** `/events` or `/events:5`: a path, and how many clients keep a stream of it open. */
export function parseStream(option: string, text: string, clients: number): StreamPlan {
  const [, path, count] = /^(\/.*?)(?::(\d+))?$/.exec(text) ?? []
  if (path === undefined) throw invalidOption(option, text, 'a path such as /events, or /events:5 for five clients')
  return { path, clients: count === undefined ? clients : parseCount(option, count) }
}

/** `/export` or `/export:5%`: a path that takes long, and its share of all requests. */
export function parseLong(option: string, text: string, share: number): { path: string; share: number } {
  const [, path, given] = /^(\/.*?)(?::([\d.]+%?))?$/.exec(text) ?? []
  if (path === undefined) throw invalidOption(option, text, 'a path such as /export, or /export:5% for its share')
  return { path, share: given === undefined ? share : parseShare(option, given) }
}
