import { createServer } from 'node:http'

const server = createServer((_request, response) => response.end('hello\n'))
server.listen(process.env.PORT ?? 3000)
