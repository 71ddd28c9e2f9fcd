import { formatReport, isLastcallError, type Lifecycle } from '@lastcall/core'
import type { AddressInfo } from 'node:net'
import { formatBanner } from './banner.ts'
import { type Config, resolveConfig } from './config.ts'
import { ServiceError } from './errors/service-error.ts'
import { createService, type Service } from './service.ts'

/**
 * Runs the service as a program: says on stdout where it is, and how its shutdown went; says on stderr, in one line,
 * why it cannot start, and ends with 1. `prepare` may add to the service before it starts.
 */
export async function runService(
  env: Readonly<Record<string, string | undefined>>,
  prepare: (service: Service) => void = () => {},
): Promise<void> {
  try {
    const config = resolveConfig(env)
    const service = await createService(config)
    prepare(service)
    say(`Starting, with ${service.database.label} ...`)
    tellOfShutdown(service.lifecycle)
    await service.lifecycle.start()
    say(bannerOf(service, config))
  } catch (error) {
    // A signal during the start is no failure: the waterfall tells of it.
    if (isLastcallError(error) && error.code === 'LASTCALL_START_ABORTED') return
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  }
}

function bannerOf({ app, database, probePort }: Service, { host }: Config): string {
  const { port } = app.server.address() as AddressInfo
  return formatBanner({ host, port, probePort: probePort(), database: database.label, pid: process.pid })
}

function tellOfShutdown(lifecycle: Lifecycle): void {
  lifecycle.subscribe((event) => {
    if (event.type === 'shutdown:begin' && event.reason.kind !== 'startFailed') {
      say(
        `\n${event.reason.text}: finishing what is in flight, for at most ${event.deadlineMs / 1000} s. Once more to hurry.`,
      )
    }
    if (event.type === 'shutdown:end' && event.report.reason.kind !== 'startFailed') say(formatReport(event.report))
  })
}

/** One line for what an operator can mend; the whole error for what only a programmer can. */
function explain(error: unknown): string {
  const reason = error instanceof Error && error.cause instanceof ServiceError ? error.cause : error
  if (reason instanceof ServiceError || isLastcallError(reason)) return `orders: ${reason.code}: ${reason.message}`
  return `orders: ${reason instanceof Error ? reason.stack : String(reason)}`
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
