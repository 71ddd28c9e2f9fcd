// Prints how long it takes to import the packages named, in milliseconds: `node size/import-time.ts <package>…`.
const packages = process.argv.slice(2)
const begunAt = performance.now()
for (const name of packages) await import(name)
console.log(performance.now() - begunAt)
