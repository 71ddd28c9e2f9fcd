import { findFreePort } from '@lastcall/testing'
import type { Slots, StartBalancer } from './balancer.ts'
import { startProgram } from './start-program.ts'

/**
 * nginx as it is without its commercial modules: it asks nobody, and learns that a replica has gone from a request that
 * fails, which it sends elsewhere where that is safe. Such a replica gets nothing for 10 s.
 */
export const startNginx: StartBalancer = async (slots) => {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const program = await startProgram({
    command: 'nginx',
    configure: (folder) => nginxConfig(slots, port, folder),
    args: (file, folder) => ['-c', file, '-p', folder, '-e', 'stderr'],
    // Not through to the replicas: there is none yet, and it would take all of them for gone.
    isReady: () =>
      fetch(`${url}/nginx`).then(
        ({ ok }) => ok,
        () => false,
      ),
  })
  return {
    url,
    connections: { kept: 'keepAlive', opened: 'perRequest' },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}

/** The whole configuration. What is not in it is nginx's default: one failure, 10 s, the next one on errors. */
export function nginxConfig({ addresses, port }: Slots, listenOn: number, folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  upstream orders {
${addresses.map((address) => `    server ${address}:${port} max_fails=1 fail_timeout=10s;`).join('\n')}
    keepalive 16;
  }
  server {
    listen 127.0.0.1:${listenOn};
    location = /nginx { return 204; }
    location / {
      proxy_pass http://orders;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_connect_timeout 1s;
    }
  }
}
`
}
