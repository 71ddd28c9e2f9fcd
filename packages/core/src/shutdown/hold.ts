/** One unit of work in flight that the drain waits for. Release it once; further calls do nothing. */
export interface Hold extends Disposable {
  readonly name: string
  release(): void
}
