import type { Readable } from 'node:stream'

/** How much the kubelet reads of an answer, or of the output of a command. */
export const MOST_BYTES = 10 * 1024

/** The first 10 KiB of a stream as text; then the stream is destroyed. Rejects when it breaks before. */
export async function readAtMost(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MOST_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString()
}
