/** Installs a peer into a cache folder of its own, so that it never becomes a dependency of this project. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { lastWords, runProgram } from '../run-cli.ts';
import { type Peer, versionOf } from './peer-list.ts';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/mdraft-bench-peers');

/** What npm tells its scripts of this project must not reach the npm that installs elsewhere. */
const withoutNpmSettings = (): NodeJS.ProcessEnv => {
  const names = Object.keys(process.env).filter((name) => /^npm_/i.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
};

/** The folder's own package.json and --prefix both keep npm from looking for a project further up. */
export const installArguments = (folder: string, { packages }: Peer): string[] => [
  'install',
  ...['--prefix', folder, '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'],
  ...Object.entries(packages).map(([name, version]) => `${name}@${version}`),
];

/** Answers the folder. Scripts of the packages do not run. Rejects with the last words of npm. */
export const installPeer = async (peer: Peer, print: (text: string) => void, cache = CACHE): Promise<string> => {
  const folder = join(cache, `${peer.name}-${versionOf(peer)}`);
  const stamp = join(folder, 'installed.json');
  if (existsSync(stamp)) return folder;
  print(`Installing ${peer.name} ${versionOf(peer)} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  // The pinned Node has to be the one that npm checks native packages against.
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = await runProgram(npm, installArguments(folder, peer), { ...withoutNpmSettings(), PATH: path });
  if (run.exitCode !== 0) throw new Error(`npm install ended with ${lastWords(run)}`);
  writeFileSync(stamp, `${JSON.stringify(peer.packages)}\n`);
  return folder;
};
