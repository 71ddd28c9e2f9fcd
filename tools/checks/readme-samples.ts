/** One ```` ```ts ```` or ```` ```js ```` block of a document: a whole program, or a spec when it imports Vitest. */
export interface Sample {
  /** The document, and the line that the block begins on. */
  readonly name: string
  readonly code: string
  readonly kind: 'program' | 'spec'
}

/** The samples of a document. Blocks marked as ```` fragment ```` are left out: they show a part of a program. */
export function readmeSamples(path: string, markdown: string): Sample[] {
  return [...markdown.matchAll(/^```[jt]s\n(.*?)^```$/gms)].map((block) => {
    const [, code = ''] = block
    const line = markdown.slice(0, block.index).split('\n').length
    return { name: `${path}:${line}`, code, kind: /from 'vitest'/.test(code) ? 'spec' : 'program' }
  })
}
