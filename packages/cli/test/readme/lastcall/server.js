import { createServer } from 'node:http'
import { createLifecycle } from '@lastcall/core'
import { attachServer } from '@lastcall/http'

const server = createServer((_request, response) => response.end('hello\n'))
server.listen(process.env.PORT ?? 3000)

const lifecycle = createLifecycle({ name: 'hello' })
attachServer(lifecycle, server)
await lifecycle.start()
