import { askProbe } from './ask-probe.ts'
import { parseProbeArguments, PROBE_USAGE } from './parse-probe-arguments.ts'

// A program of its own, also in an image that holds nothing else of this package: it imports nothing that is installed.
const args = process.argv.slice(process.argv[2] === 'probe' ? 3 : 2)

if (args.includes('--help') || args.includes('-h')) process.stdout.write(PROBE_USAGE)
else {
  // Docker keeps every code but 0 and 1 for itself.
  process.exitCode = 1
  try {
    const { ok, output } = await askProbe(parseProbeArguments(args))
    process.stdout.write(output)
    if (ok) process.exitCode = 0
  } catch (error) {
    process.stderr.write(`lastcall probe: ${(error as Error).message}\n\n${PROBE_USAGE}`)
  }
}
