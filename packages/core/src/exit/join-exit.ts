import type { ExitMember, ProcessPort } from '../ports/process.ts'

/** A lifecycle's part in ending the process. */
export interface ExitShare {
  /** This lifecycle has stopped: the process ends when every other has too, with the worst of their codes. */
  finish(code: number): void
  /** This lifecycle no longer has a part in it. */
  leave(): void
}

/** Joins the lifecycles that share this process's end, so that none cuts another. */
export function joinExit(process: ProcessPort, name: string): ExitShare {
  const member: ExitMember = { name, exitCode: undefined }
  process.exitMembers.add(member)
  const endWhenAllHaveStopped = () => {
    const codes = [...process.exitMembers].map(({ exitCode }) => exitCode)
    if (codes.length > 0 && !codes.includes(undefined)) process.exit(Math.max(...(codes as number[])))
  }
  return {
    finish(code) {
      member.exitCode = code
      endWhenAllHaveStopped()
    },
    leave() {
      if (process.exitMembers.delete(member)) endWhenAllHaveStopped()
    },
  }
}
