import nx from '@nx/eslint-plugin'
import { defineConfig } from 'eslint/config'
import { builtinModules } from 'node:module'
import tseslint from 'typescript-eslint'
import { PORT_GLOBALS, sourceConstraints, specConstraints } from './tools/lint/fences.js'
import { ensureProjectGraph } from './tools/lint/project-graph.js'

await ensureProjectGraph()

const specs = ['**/*.spec.ts', '**/{test,fixtures}/**/*.ts']
const configs = ['**/*.config.{js,ts}', '**/*.d.ts', 'tools/presets/*.ts']

/** @param {object[]} depConstraints */
const boundaries = (depConstraints) => ({
  '@nx/enforce-module-boundaries': ['error', { depConstraints, banTransitiveDependencies: true }],
})

export default defineConfig(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '**/coverage/**', 'tools/checks/consumer/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,ts}'],
    plugins: { '@nx': nx },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } },
      ],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      ...boundaries(sourceConstraints),
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { boolean: true }, ignoreTernaryTests: true },
      ],
    },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['packages/core/src/ports/**', ...specs],
    rules: {
      'no-restricted-globals': ['error', ...PORT_GLOBALS.map((name) => ({ name, message: 'Take the port instead.' }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the clock instead.' },
        { object: 'AbortSignal', property: 'timeout', message: 'Take the clock instead.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the clock instead.' },
        { selector: 'CallExpression[callee.name="Date"]', message: 'Take the clock instead.' },
        { selector: 'ImportExpression', message: 'The core imports nothing late.' },
      ],
    },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['packages/core/src/ports/**', 'packages/core/src/diagnostics/**', ...specs],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: builtinModules,
          patterns: [{ group: ['node:*'], message: 'Only ports/ and diagnostics/ know Node.' }],
        },
      ],
    },
  },
  {
    files: specs,
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      ...boundaries(specConstraints),
    },
  },
  {
    files: configs,
    rules: { 'no-restricted-exports': 'off', '@nx/enforce-module-boundaries': 'off' },
  },
)
