/** An event as `EventSource` receives it. */
export interface ServerSentEvent {
  /** Each of its lines is sent as one. */
  readonly data: string
  /** @default 'message' */
  readonly event?: string
  /** What the client sends as `Last-Event-ID` when it connects again. */
  readonly id?: string
}

/** An event in the format of the HTML standard (9.2.6). What would end a field is taken out of names and ids. */
export function formatEvent({ data, event, id }: ServerSentEvent): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`)
  return `${field('event', event)}${field('id', id)}${lines.join('')}\n`
}

function field(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name}: ${value.replaceAll(/[\r\n\0]/g, '')}\n`
}
