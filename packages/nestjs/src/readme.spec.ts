import { spawnService } from '@lastcall/testing'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** What makes a program of a sample that shows a provider alone. */
const SERVICE = `
import { LastcallModule } from '@lastcall/nestjs'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { TerminusModule } from '@nestjs/terminus'
import { DataSource } from 'typeorm'

const database = { provide: DataSource, useFactory: () => new DataSource({ type: 'sqljs' }).initialize() }

@Module({ imports: [LastcallModule.forRoot(), TerminusModule], providers: [OrdersService, database] })
class AppModule {}

const app = await NestFactory.create(AppModule)
await app.get(OrdersService).charge('7')
await app.listen(process.env.PORT ?? 3000, '127.0.0.1')
`

const samples = [...readFileSync(at('../README.md'), 'utf8').matchAll(/^```ts fragment\n(.*?)^```$/gms)].map(
  ([, code = '']) => (code.includes('NestFactory') ? code : code + SERVICE),
)

const OPTIONS: ts.CompilerOptions = {
  ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  ...{ experimentalDecorators: true, emitDecoratorMetadata: true },
}

// They have decorators, of which Node knows nothing: Nest's users compile them, and so does this.
describe('the samples of the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-nest-readme-'))
  beforeAll(() => {
    symlinkSync(at('../../../node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const extend = { extends: at('../tsconfig.json'), include: ['*.ts'] }
    const relaxed = { emitDecoratorMetadata: true, erasableSyntaxOnly: false, typeRoots: ['node_modules/@types'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...extend, compilerOptions: relaxed }))
    for (const [index, sample] of samples.entries()) {
      writeFileSync(join(folder, `sample-${index}.ts`), sample)
      const { outputText } = ts.transpileModule(sample, { compilerOptions: OPTIONS })
      writeFileSync(join(folder, `sample-${index}.js`), outputText)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('type check', () => {
    const tsc = at('../../../node_modules/typescript-7/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })

  it.each(samples.map((_, index) => index))('sample %i gets ready, and stops on SIGTERM with 0', async (index) => {
    await using service = await spawnService({
      args: ['--conditions=@lastcall/source', join(folder, `sample-${index}.js`)],
    })
    service.signal('SIGTERM')
    expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
    expect(service.stdout).toContain('clean, exit 0')
  })
})
