/**
 * Says where a page on migration does not tell which package it is from, or tells of another version than the one that
 * is installed, which its samples run on and its facts were seen with.
 */
export function docsMigration(
  path: string,
  markdown: string,
  installed: (name: string) => string | undefined,
): readonly string[] {
  const [, name = ''] = /^# From (\S+)$/m.exec(markdown) ?? []
  const [, version] = /Checked against (\d[\w.-]*\w)/.exec(markdown) ?? []
  const found = installed(name)
  if (found === undefined) return [`${path} is from '${name}', which is not installed`]
  return version === found ? [] : [`${path} was checked against ${version}, ${name} ${found} is installed`]
}
