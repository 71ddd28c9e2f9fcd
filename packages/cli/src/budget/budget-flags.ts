import { type PlatformName, PRESETS } from '@lastcall/core'
import type { Command } from 'commander'
import { invalidOption } from '../options/invalid-option.ts'
import { parseDuration } from '../options/parse-duration.ts'

/** The durations that `budget` and `manifest` take: each one's option and what it means. */
const DURATIONS = {
  grace: ['--grace', 'from the stop to the kill'],
  preStop: ['--pre-stop', 'a wait of the platform before the signal'],
  propagation: ['--propagation', 'how long new connections still come after the stop'],
  lameDuck: ['--lame-duck', 'how long the service goes on serving at least'],
  drain: ['--drain', 'how long requests in flight may take'],
  close: ['--close', 'how long components may take to stop'],
  flush: ['--flush', 'how long logs, metrics and traces may take'],
  margin: ['--margin', 'kept free before the kill'],
} as const

/** What only `budget` holds them against. */
const MEASURES = {
  requests: ['--requests', 'how long all but one of 1000 requests take at the most'],
  keepAlive: ['--keep-alive', 'how long the server keeps idle connections'],
  deregistration: ['--deregistration', 'how long the load balancer leaves connections of a target that goes'],
} as const

const ALL = { ...DURATIONS, ...MEASURES }

/** Durations in milliseconds, where they were given. */
export type GivenMs = Readonly<Partial<Record<keyof typeof ALL, number>>>

/** The same as they come from the command line, with the platform. */
export type BudgetFlags = Readonly<Partial<Record<keyof typeof ALL | 'platform', string>>>

/** Adds the platform and the durations to a command; those of {@link MEASURES} where it asks for them. */
export function addBudgetOptions(command: Command, { measures }: { readonly measures: boolean }): Command {
  command.option('--platform <name>', `what stops it and routes to it: ${Object.keys(PRESETS).join(', ')}`)
  for (const [flag, meaning] of Object.values(measures ? ALL : DURATIONS)) command.option(`${flag} <duration>`, meaning)
  return command
}

/** Reads the durations that were given. Throws `LASTCALL_INVALID_OPTION`. */
export function parseGiven(flags: BudgetFlags): GivenMs {
  const names = Object.keys(ALL) as (keyof typeof ALL)[]
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = flags[name]
      return text === undefined ? [] : [[name, parseDuration(ALL[name][0], text)]]
    }),
  )
}

/** A platform that has a preset. Throws `LASTCALL_INVALID_OPTION` with those there are. */
export function parsePlatform(text: string): PlatformName {
  if (Object.hasOwn(PRESETS, text)) return text as PlatformName
  throw invalidOption('--platform', text, `one of ${Object.keys(PRESETS).join(', ')}`)
}
