import type { TerminusOptions } from '../options.ts'

/** The answer of a health check, as data. */
export interface HealthAnswer {
  readonly status: number
  readonly body: string
}

/** Makes answers of what health checks resolve or reject with, each body an object of its own. */
export interface HealthRenderer {
  success(info: unknown): HealthAnswer
  failure(error: unknown): HealthAnswer
}

/** Makes the renderer of the options. */
export function createRenderer(options: TerminusOptions): HealthRenderer {
  const { statusOk = 200, statusOkResponse = { status: 'ok' } } = options
  const { statusError = 503, statusErrorResponse = { status: 'error' } } = options
  const { verbatim = false, __unsafeExposeStackTraces = false } = options.healthChecks ?? {}

  return {
    success(info) {
      const shown = verbatim ? info : { info, details: info }
      const body = JSON.stringify(info ? { ...statusOkResponse, ...(shown as object) } : statusOkResponse)
      return { status: statusOk, body }
    },
    failure(error) {
      const { causes, statusCode, statusResponse } = (error ?? {}) as Record<string, unknown>
      const response = statusResponse || statusErrorResponse
      const status = isStatus(statusCode) ? Number(statusCode) : statusError
      if (!causes) return { status, body: JSON.stringify(response) }
      const shown = { ...response, error: causes, details: causes }
      return { status, body: JSON.stringify(shown, showErrors(__unsafeExposeStackTraces)) }
    },
  }
}

/** What a response can have: an error that is not the user's own may carry anything. */
function isStatus(value: unknown): boolean {
  const status = Number(value)
  return Number.isInteger(status) && status >= 200 && status <= 999
}

/** Has `JSON.stringify` show the fields of errors, which are not enumerable; stacks only when they are asked for. */
function showErrors(showStacks: boolean): (key: string, value: unknown) => unknown {
  return (_key, value) => {
    if (!(value instanceof Error)) return value
    const fields = Object.getOwnPropertyNames(value).filter((field) => showStacks || field !== 'stack')
    return Object.fromEntries(fields.map((field) => [field, Reflect.get(value, field) as unknown]))
  }
}
