#!/usr/bin/env node

// `probe` is asked every few seconds: it loads nothing that the other commands need.
if (process.argv[2] === 'probe') await import('./probe/probe-main.ts')
else await (await import('./run-command-line.ts')).runCommandLine()
