import { isLastcallError } from '@lastcall/core'
import { Command, CommanderError } from 'commander'
import { createBudgetCommand } from './commands/budget.ts'
import { createDrillCommand } from './commands/drill.ts'
import { createManifestCommand } from './commands/manifest.ts'
import { createProbeCommand } from './commands/probe.ts'

/** The exit code of wrong use, and of a command that cannot be started. */
const WRONG_USE = 2

/** Runs the command that the process was started with; its exit code is 2 when it was used wrongly. */
export async function runCommandLine(): Promise<void> {
  const program = new Command('lastcall')
    .description('Starts, stops and checks servers as platforms do.')
    .exitOverride()
    .addCommand(createDrillCommand().exitOverride())
    .addCommand(createBudgetCommand().exitOverride())
    .addCommand(createManifestCommand().exitOverride())
    .addCommand(createProbeCommand())
  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG_USE
    else if (isLastcallError(error)) {
      process.stderr.write(`lastcall: ${error.message}\n`)
      process.exitCode = WRONG_USE
    } else throw error
  }
}
