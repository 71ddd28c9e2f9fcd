import { speaksHttp2 } from '../server/speaks-http2.ts'
import { runUnderLoad } from './run-under-load.ts'
import type { Scenario } from './scenario.ts'

/** Clients speak HTTP/2: they are told by GOAWAY. */
export const http2: Scenario = {
  name: 'http2',
  run: (context) =>
    runUnderLoad(context, 'http2', {
      load: { http2: true },
      unfit: async ({ url }) =>
        (await speaksHttp2(url)) ? undefined : `It does not speak HTTP/2 at ${url.href}. Pass --url where it does.`,
    }),
}
