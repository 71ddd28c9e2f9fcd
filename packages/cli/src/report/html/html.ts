import { plainText } from '../plain-text.ts'

/** Markup that is safe as it is; only {@link html} makes it. */
export interface Markup {
  readonly markup: string
}

/** What may be put into markup: text and numbers are escaped, lists are joined, `false` and `undefined` are nothing. */
export type Content = string | number | false | undefined | Markup | readonly Content[]

/** Markup from a template. Everything that is put into it is text, save what this made itself. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return {
    markup: parts.map((part, index) => part + (index < contents.length ? toMarkup(contents[index]) : '')).join(''),
  }
}

function toMarkup(content: Content): string {
  if (content === undefined || content === false) return ''
  if (typeof content === 'string') return escape(content)
  if (typeof content === 'number') return String(content)
  return 'markup' in content ? content.markup : content.map(toMarkup).join('')
}

function escape(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
