// Who may import whom. An arrow of the architecture that is not in this table is an error:
// core ← http ← { fastify, … } ← apps, and testing ← specs.

/**
 * One row per tag of a `package.json`: the tags of the projects and the npm packages that its sources may import.
 * A row that leaves `packages` out leaves them to the project's other tag, or free. Its specs may import `specs` too.
 * @type {readonly { tag: string, projects?: string[], packages?: string[], specs?: string[] }[]}
 */
export const FENCES = [
  { tag: 'type:core', projects: [], packages: [] },
  { tag: 'type:platform', projects: ['type:core'], packages: [] },
  { tag: 'type:adapter', projects: ['type:core', 'type:platform'] },
  { tag: 'framework:express', packages: ['express'] },
  { tag: 'framework:fastify', packages: ['fastify', 'fastify-plugin'] },
  { tag: 'framework:grpc', packages: ['@grpc/grpc-js', 'grpc-health-check'] },
  { tag: 'framework:hono', packages: ['hono', 'hono/*', '@hono/node-server'] },
  { tag: 'framework:koa', packages: ['koa'] },
  { tag: 'framework:nestjs', packages: ['@nestjs/*', 'reflect-metadata', 'rxjs', 'rxjs/*'] },
  { tag: 'framework:terminus', packages: ['@godaddy/terminus'] },
  { tag: 'framework:websocket', packages: ['ws', 'socket.io'] },
  { tag: 'type:simulator', projects: ['type:core'], packages: ['@grpc/grpc-js', 'grpc-health-check', 'yaml'] },
  {
    tag: 'type:tool',
    projects: ['type:core', 'type:simulator'],
    packages: ['commander', 'hdr-histogram-js', 'picocolors', 'ws'],
    specs: ['type:platform', 'type:app'],
  },
  { tag: 'type:testing', projects: ['type:core'], packages: ['vitest'] },
  { tag: 'type:app', projects: ['type:core', 'type:platform', 'type:adapter'] },
  {
    tag: 'type:e2e',
    projects: ['type:core', 'type:platform', 'type:adapter', 'type:app', 'type:testing', 'type:simulator'],
  },
  { tag: 'type:deploy', projects: ['type:core', 'type:simulator', 'type:tool', 'type:app'] },
  { tag: 'type:bench', projects: ['type:core', 'type:platform', 'type:adapter', 'type:testing'] },
  { tag: 'type:config', projects: [] },
]

/** The table for sources, as `@nx/enforce-module-boundaries` wants it. */
export const sourceConstraints = FENCES.map(({ tag, projects, packages }) => ({
  sourceTag: tag,
  ...(projects && { onlyDependOnLibsWithTags: projects }),
  ...(packages && { allowedExternalImports: packages }),
}))

/** The same table for specs: any package, and the test kit too, save in core, which the test kit is made from. */
export const specConstraints = FENCES.filter(({ projects }) => projects).map(({ tag, projects, specs = [] }) => ({
  sourceTag: tag,
  onlyDependOnLibsWithTags: tag === 'type:core' ? projects : [...projects, ...specs, 'type:testing'],
}))

/** Globals that only the ports of the core may touch. `Date` may format a time, and not tell it: see the config. */
export const PORT_GLOBALS = [
  ...['process', 'console', 'require', 'globalThis', 'global', 'fetch'],
  ...['performance', 'setTimeout', 'setInterval', 'setImmediate'],
  ...['clearTimeout', 'clearInterval', 'clearImmediate'],
]
