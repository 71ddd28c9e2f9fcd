/** Spaces, save those within a figure such as `1 240 ms`. */
const BREAKS = /[ \n]+(?!(?<=\d )(?:ms|s|\d{3})\b)/

/** Breaks a text into lines of at most `width` characters; a longer word has a line of its own, and no-break spaces hold. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(BREAKS)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Breaks a text into lines that hang below each other `indent` characters in, the first of them behind `first`. */
export function hangText(
  text: string,
  { first, indent, width }: { first: string; indent: number; width: number },
): string[] {
  return wrapText(text, width - indent).map((line, index) => (index === 0 ? first : ' '.repeat(indent)) + line)
}
