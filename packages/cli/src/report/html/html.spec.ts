import { describe, expect, it } from 'vitest'
import { html } from './html.ts'

describe('html', () => {
  it('escapes all that is put into it, save what it made itself', () => {
    const inner = html`<b>${'<script>"&\'\u001b[31m'}</b>`
    expect(html`<p title="${'a"b'}">${inner}${[inner, 7]}</p>`.markup).toBe(
      `<p title="a&quot;b">${'<b>&lt;script&gt;&quot;&amp;&#39;</b>'.repeat(2)}7</p>`,
    )
  })

  it('leaves out what is not there', () => {
    expect(html`${undefined}${false}${''}${0}`.markup).toBe('0')
  })
})
