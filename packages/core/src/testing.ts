export { createFakeClock, type FakeClock } from './ports/fake-clock.ts'
export { createFakeProcess, type FakeProcess } from './ports/fake-process.ts'
