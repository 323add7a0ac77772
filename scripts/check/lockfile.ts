/** The lockfile names versions, not places, and serves every platform. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gate } from './gate.ts';

interface LockedPackage {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

export const lockfileGate: Gate = {
  name: 'lockfile',
  holds: 'no download addresses, every platform listed, exact versions',
  async run(root) {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string> | undefined
    >;
    const problems: string[] = [];
    for (const [path, entry] of Object.entries(lock.packages)) {
      if (entry.resolved?.startsWith('http')) problems.push(`${path} holds a download address`);
      for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
        const listed = `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages;
        if (!listed && /^\d/.test(version)) problems.push(`${name} is missing: run node scripts/complete-lockfile.mjs`);
      }
    }
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (!/^\d+\.\d+\.\d+/.test(version)) problems.push(`${name}@${version} is not pinned to an exact version`);
    }
    return { ok: problems.length === 0, output: problems.join('\n') };
  },
};
