export { createFakeClock, type FakeClock } from './ports/fake-clock.ts'
export { createFakeProcess, type FakeProcess, type FakeProcessOptions } from './ports/fake-process.ts'
