import type { Readable } from 'node:stream'

/** What a process has written so far. */
export interface Output {
  readonly stdout: string
  readonly stderr: string
  /** The last lines of both, in the order they came. */
  tail(lines?: number): string
  /** What `pick` makes of the first line, past or to come, that it makes something of. Rejects with the signal's reason. */
  find<Found>(pick: (line: string) => Found | undefined, signal: AbortSignal): Promise<Found>
}

/** Collects what comes from a process's stdout and stderr, as text and as lines. */
export function collectOutput(stdout: Readable, stderr: Readable): Output {
  const text = { stdout: '', stderr: '' }
  const lines: string[] = []
  const watchers = new Set<(line: string) => void>()

  function collect(stream: Readable, name: 'stdout' | 'stderr'): void {
    let rest = ''
    const add = (line: string) => {
      lines.push(line)
      for (const watcher of watchers) watcher(line)
    }
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      text[name] += chunk
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      parts.forEach(add)
    })
    stream.on('end', () => rest !== '' && add(rest))
  }

  collect(stdout, 'stdout')
  collect(stderr, 'stderr')
  return {
    get stdout() {
      return text.stdout
    },
    get stderr() {
      return text.stderr
    },
    tail: (count = 20) => lines.slice(-count).join('\n'),
    async find(pick, signal) {
      for (const line of lines) {
        const found = pick(line)
        if (found !== undefined) return found
      }
      signal.throwIfAborted()
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          watchers.delete(watcher)
          signal.removeEventListener('abort', fail)
        }
        const fail = (): void => {
          settle()
          reject(signal.reason)
        }
        const watcher = (line: string): void => {
          const found = pick(line)
          if (found === undefined) return
          settle()
          resolve(found)
        }
        watchers.add(watcher)
        signal.addEventListener('abort', fail)
      })
    },
  }
}
