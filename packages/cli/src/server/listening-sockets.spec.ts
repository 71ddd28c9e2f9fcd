import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { serve } from '../../test/serve.ts'
import { findListening } from './find-listening.ts'
import { holdersOf, listListeningSockets, membersOf } from './listening-sockets.ts'

// Other systems do not tell, which the drill copes with.
describe.skipIf(process.platform !== 'linux')('listListeningSockets', () => {
  it('tells a socket as long as it listens, and who holds it', async () => {
    const server = await serve((_request, response) => response.end())
    const own = listListeningSockets()?.filter(({ port }) => port === server.port)
    expect(own).toHaveLength(1)
    const inodes = new Set(own?.map(({ inode }) => inode))
    expect(holdersOf(inodes, [process.pid, process.ppid])).toEqual([process.pid])
    await server.stop()
    expect(listListeningSockets()?.some(({ port }) => port === server.port)).toBe(false)
  })
})

describe.skipIf(process.platform !== 'linux')('findListening', () => {
  it('finds what a process group listens on, children too, and leaves out what is known', async () => {
    const known = new Set(listListeningSockets()?.map(({ inode }) => inode))
    const program = "const s = require('http').createServer().listen(0, () => console.log(s.address().port))"
    const child = spawn('sh', ['-c', `"${process.execPath}" -e "${program}"; :`], { detached: true })
    const group = child.pid as number
    try {
      const port = Number(String((await once(child.stdout, 'data'))[0]))
      const [pid] = membersOf(group).filter((each) => each !== group)
      expect(findListening(group, known)).toEqual([{ port, host: '127.0.0.1', pids: [pid] }])
      const inodes = listListeningSockets()?.map(({ inode }) => inode)
      expect(findListening(group, new Set(inodes))).toEqual([])
      expect(findListening(process.pid, known)).toEqual([])
    } finally {
      process.kill(-group, 'SIGKILL')
      await once(child, 'close')
    }
  })
})
