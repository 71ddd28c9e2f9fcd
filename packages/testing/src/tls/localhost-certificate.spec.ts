import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { localhostCertificate } from './localhost-certificate.ts'

describe('localhostCertificate', () => {
  it('belongs to its key', () => {
    expect(() => createSecureContext(localhostCertificate)).not.toThrow()
  })

  it.each([
    ['localhost', (certificate: X509Certificate) => certificate.checkHost('localhost')],
    ['127.0.0.1', (certificate: X509Certificate) => certificate.checkIP('127.0.0.1')],
  ])('is good for %s', (name, check) => {
    expect(check(new X509Certificate(localhostCertificate.cert))).toBe(name)
  })
})
