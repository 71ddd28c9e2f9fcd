/** One ```` ```ts ```` or ```` ```js ```` block of a document: a whole program, or a spec when it imports Vitest. */
export interface Sample {
  /** The document, and the line that the block begins on. */
  readonly name: string
  readonly code: string
  /** `before`: a program of a page on migration, in the old code of a peer, which knows nothing of our probes and types. */
  readonly kind: 'program' | 'before' | 'spec'
}

/**
 * The samples of a document. Blocks marked as ```` fragment ```` are left out: they show a part of a program; one marked
 * as ```` before ```` is a peer's.
 */
export function readmeSamples(path: string, markdown: string): Sample[] {
  return [...markdown.matchAll(/^```[jt]s( before)?\n(.*?)^```$/gms)].map((block) => {
    const [, before, code = ''] = block
    const line = markdown.slice(0, block.index).split('\n').length
    const kind = before ? 'before' : /from 'vitest'/.test(code) ? 'spec' : 'program'
    return { name: `${path}:${line}`, code, kind }
  })
}
