import { Command } from 'commander'

/**
 * Makes the command `probe` for the list of commands. `main.ts` runs it before this is loaded, and nothing of it is
 * imported here: its program is to stand in one file.
 */
export function createProbeCommand(): Command {
  return new Command('probe').description('Asks a probe once, for a HEALTHCHECK or an exec probe: see probe --help.')
}
