import type { Profile } from './profile.ts'

/** A platform that has a profile. */
export type ProfileName = 'kubernetes' | 'ecs' | 'cloud-run' | 'docker' | 'systemd' | 'nomad' | 'pm2'

/** The profiles, each with the source of its numbers. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {} as never

/** The profile of that name. Throws `LASTCALL_INVALID_OPTION` with the names there are. */
export function resolveProfile(name: string): Profile {
  throw new Error(`todo ${name}`)
}
