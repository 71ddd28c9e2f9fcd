import { type Content, html, type Markup } from './html.ts'

/** A card with a heading and a sentence about what it shows. */
export function card(title: string, note: string | undefined, content: Content): Markup {
  return html`<section class="card">
    <h2>${title}</h2>
    ${note !== undefined && html`<p class="note">${note}</p>`} ${content}
  </section>`
}
