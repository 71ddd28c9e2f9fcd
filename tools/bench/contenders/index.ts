import { contender as closeWithGrace } from './close-with-grace.ts'
import type { Contender } from './contender.ts'
import { contender as fastifyGracefulShutdown } from './fastify-graceful-shutdown.ts'
import { contender as godaddyTerminus } from './godaddy-terminus.ts'
import { contender as httpGracefulShutdown } from './http-graceful-shutdown.ts'
import { contender as httpShutdown } from './http-shutdown.ts'
import { contender as httpTerminator } from './http-terminator.ts'
import { contender as lastcallFastify } from './lastcall-fastify.ts'
import { contender as lastcall } from './lastcall.ts'
import { contender as lightship } from './lightship.ts'
import { contender as nodeClose } from './node-close.ts'
import { contender as nodeExit } from './node-exit.ts'
import { contender as stoppable } from './stoppable.ts'

/** Every contender by the name of its file, in the order of the tables. */
export const CONTENDERS: Readonly<Record<string, Contender>> = {
  lastcall,
  'lastcall-fastify': lastcallFastify,
  'node-exit': nodeExit,
  'node-close': nodeClose,
  stoppable,
  'godaddy-terminus': godaddyTerminus,
  'http-terminator': httpTerminator,
  'http-graceful-shutdown': httpGracefulShutdown,
  'http-shutdown': httpShutdown,
  lightship,
  'close-with-grace': closeWithGrace,
  'fastify-graceful-shutdown': fastifyGracefulShutdown,
}
