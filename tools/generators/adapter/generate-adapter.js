import { formatFiles, generateFiles, readJson } from '@nx/devkit'
import { join } from 'node:path'
import { addFence } from './add-fence.js'

const FENCES = 'tools/lint/fences.js'

/**
 * Writes `packages/<name>`, an adapter that passes the contract as it is, over `node:http` until its framework takes
 * over, and gives it a row among the fences. Throws when the folder is taken or the name is none.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string }} options
 */
export async function generateAdapter(tree, { name }) {
  const folder = `packages/${name}`
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(`The name '${name}' is no npm name in kebab-case: pass one such as 'fastify'.`)
  }
  if (tree.exists(folder)) throw new Error(`The folder ${folder} is there already: pass another name, or remove it.`)

  const { version } = readJson(tree, 'packages/core/package.json')
  const title = name.replaceAll(/(^|-)([a-z])/g, (_match, dash, letter) => (dash ? ' ' : '') + letter.toUpperCase())
  generateFiles(tree, join(import.meta.dirname, 'files'), folder, { name, title, version })
  tree.write(`${folder}/LICENSE`, tree.read('LICENSE') ?? '')
  tree.write(FENCES, addFence(tree.read(FENCES, 'utf8') ?? '', name))
  await formatFiles(tree)

  return () => {
    console.log(`
${folder} is there. Next:
  npm install                                            # links it into the workspace
  npm install --save-dev --save-exact ${name} -w @lastcall/${name}
  cd ${folder} && npx vitest run                         # green already
then build the app of src/contract.spec.ts and test/fixtures/service.ts with ${title} itself, name the range of ${name}
under peerDependencies, and add ${folder} to tools/matrix/run.ts and a column to apps/kill-matrix.`)
  }
}
