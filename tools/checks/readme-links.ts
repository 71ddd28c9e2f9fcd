import { posix } from 'node:path'

/** Says which relative links of a document lead to no file, or to no heading of it. */
export function readmeLinks(path: string, markdown: string, readFile: (path: string) => string | undefined): string[] {
  const text = markdown.replaceAll(/^```.*?^```$/gms, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return []
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : posix.join(posix.dirname(path), file)
    const content = readFile(target)
    if (content === undefined) return [`${path} links to ${link}, which does not exist`]
    return anchor === undefined || headings(content).includes(anchor)
      ? []
      : [`${path} links to ${link}: no such heading`]
  })
}

/** The anchors that GitHub makes of a document's headings. */
function headings(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
