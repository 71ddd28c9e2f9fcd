const NAMES = ['hello', 'view', 'sample', 'end']
const OPEN_TIMEOUT_MS = 2000
const RETRY_MS = 1000

/**
 * Follows the service: on the port that its stream has for itself, as that one outlasts the drain; where that cannot
 * be reached, on the service's own. Once the stream is over it waits for the service to be ready again, and reloads.
 */
export function connectLive({ port, onMessage, onFull, onGone }) {
  const own = port === '' ? undefined : `http://${location.hostname}:${port}/live`

  function follow(url, onFailure) {
    const source = new EventSource(url)
    let isOpen = false
    const timer = setTimeout(fail, OPEN_TIMEOUT_MS)

    function fail() {
      clearTimeout(timer)
      source.close()
      if (!isOpen) return onFailure()
      onGone()
      void awaitRestart()
    }

    source.onerror = fail
    for (const name of NAMES) {
      source.addEventListener(name, ({ data }) => {
        if (!isOpen) {
          isOpen = true
          clearTimeout(timer)
          onFull(url === own)
        }
        onMessage(name, JSON.parse(data))
      })
    }
  }

  function connect() {
    const again = () => setTimeout(connect, RETRY_MS)
    if (own === undefined) follow('/live', again)
    else follow(own, () => follow('/live', again))
  }

  connect()
}

async function awaitRestart() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => undefined)
    if (answer?.ok) return location.reload()
  }
}
