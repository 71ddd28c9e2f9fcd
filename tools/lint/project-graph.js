import { createProjectGraphAsync } from '@nx/devkit'

/**
 * Makes Nx's project graph, or takes it from the cache. Without one the Nx rule says nothing and passes all,
 * so a plain `eslint` in a fresh clone would have no fences.
 */
export async function ensureProjectGraph() {
  await createProjectGraphAsync({ exitOnError: false })
}
