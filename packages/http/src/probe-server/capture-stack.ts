import { relative } from 'node:path'
import type { Debugger } from 'node:inspector'
import { fileURLToPath } from 'node:url'

/** More callers than these say little about the work that blocks. */
const OWN_FRAMES = 2

/**
 * From a worker: the functions that the main thread is in, innermost first, as `parse (src/file.ts:10) called by …`;
 * `undefined` when it cannot be told. Pauses the main thread for about a millisecond. A thread in native code (a
 * synchronous child process, say) is asked when it comes back; `signal` gives up the wait.
 */
export async function captureStack(signal: AbortSignal): Promise<string | undefined> {
  try {
    // Not every Node is built with the inspector.
    const { Session } = await import('node:inspector')
    return await new Promise((resolve) => {
      const session = new Session()
      const urls = new Map<string, string>()
      function finish(frames: readonly Debugger.CallFrame[]): void {
        // Ending the session lets the main thread go on, as its owner's death would: it is never left paused.
        session.disconnect()
        resolve(formatFrames(frames, urls))
      }
      signal.addEventListener('abort', () => finish([]), { once: true })
      session.connectToMainThread()
      session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url))
      session.once('Debugger.paused', ({ params }) => finish(params.callFrames))
      session.post('Debugger.enable')
      session.post('Debugger.pause')
    })
  } catch {
    return undefined
  }
}

/** The innermost functions of the program itself, and before them the one of Node that they called, if any. */
function formatFrames(
  callFrames: readonly Debugger.CallFrame[],
  urls: ReadonlyMap<string, string>,
): string | undefined {
  const frames = callFrames.map(({ functionName, location }) => {
    const url = urls.get(location.scriptId) ?? ''
    const name = functionName === '' ? 'an anonymous function' : functionName
    return { url, text: `${name} (${shortPath(url)}:${location.lineNumber + 1})` }
  })
  const own = frames.filter(({ url }) => !url.startsWith('node:'))
  const [innermost] = own
  if (!innermost) return undefined
  const called = frames.slice(0, frames.indexOf(innermost)).findLast(({ url }) => !url.startsWith('node:internal/'))
  const shown = [...(called ? [called] : []), ...own.slice(0, OWN_FRAMES)]
  return shown.map(({ text }) => text).join(' called by ')
}

function shortPath(url: string): string {
  if (!url.startsWith('file:')) return url
  const path = fileURLToPath(url)
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') ? path : fromHere
}
