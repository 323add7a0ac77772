/**
 * Run after `npm install`, where npm has left package-lock.json without some platforms' optional packages (a mirror that does not
 * carry them, or https://github.com/npm/cli/issues/4828): `npm ci` refuses such a file, and other platforms would get no binary.
 * Adds each missing one by name, exact version and platform; npm takes its integrity from the registry when it installs it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32', 'mips64el'];

/** "@oxc-parser/binding-linux-arm-gnueabihf" → os linux, cpu arm, libc glibc. */
const platformOf = (name) => {
  const words = name.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  if (!os && !cpu) return undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(os === 'linux' && { libc: [libc] }) };
};

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const { packages } = lock;
let added = 0;

for (const entry of Object.values({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const platform = platformOf(name);
    if (packages[key] || !platform || !/^\d/.test(version)) continue;
    packages[key] = { version, ...platform, ...(entry.dev && { dev: true }), optional: true };
    added += 1;
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} platform packages added\n`);
