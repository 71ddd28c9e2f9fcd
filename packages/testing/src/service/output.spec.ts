import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { collectOutput } from './output.ts'

function createOutput() {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  return { stdout, stderr, output: collectOutput(stdout, stderr) }
}

const never = new AbortController().signal
const pickPort = (line: string) => line.match(/port (\d+)/)?.[1]

describe('collectOutput', () => {
  it('keeps the text of each stream, and the last lines of both', async () => {
    const { stdout, stderr, output } = createOutput()
    stdout.write('one\ntw')
    stderr.write('oops\n')
    stdout.write('o\n')
    await output.find((line) => line === 'two' || undefined, never)
    expect(output.stdout).toBe('one\ntwo\n')
    expect(output.stderr).toBe('oops\n')
    expect(output.tail(2)).toBe('oops\ntwo')
  })

  it('finds a line that came before it was asked, and one that comes after, in pieces', async () => {
    const { stdout, output } = createOutput()
    const found = output.find(pickPort, never)
    stdout.write('starting\nlistening on po')
    stdout.write('rt 80')
    stdout.write('80\n')
    expect(await found).toBe('8080')
    expect(await output.find(pickPort, never)).toBe('8080')
  })

  it('finds a last line without a line end, and characters that were cut in two', async () => {
    const { stdout, output } = createOutput()
    const text = Buffer.from('größe')
    stdout.write(text.subarray(0, 3))
    stdout.end(text.subarray(3))
    expect(await output.find((line) => line, never)).toBe('größe')
  })

  it('stops looking when the signal aborts', async () => {
    const { stdout, output } = createOutput()
    const controller = new AbortController()
    const found = output.find(pickPort, controller.signal)
    controller.abort(new Error('enough'))
    await expect(found).rejects.toThrow('enough')
    await expect(output.find(pickPort, controller.signal)).rejects.toThrow('enough')
    stdout.end('port 1\n')
  })
})
