#!/usr/bin/env node
import { isLastcallError } from '@lastcall/core'
import { Command, CommanderError } from 'commander'
import { createDrillCommand } from './commands/drill.ts'

/** The exit code of wrong use, and of a command that cannot be started. */
const WRONG_USE = 2

const program = new Command('lastcall')
  .description('Starts, stops and checks servers as platforms do.')
  .exitOverride()
  .addCommand(createDrillCommand().exitOverride())

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG_USE
  else if (isLastcallError(error)) {
    process.stderr.write(`lastcall: ${error.message}\n`)
    process.exitCode = WRONG_USE
  } else throw error
}
