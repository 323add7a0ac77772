/** The page as static files in hosting/dist, built when it is missing or when something that it is made of has changed. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimFolder } from '../local-cloud/claim-folder.ts';
import { hashOfInputs } from './page-inputs.ts';
import { publishFiles } from './publish-files.ts';

export interface PageBuildOptions {
  /** Where package.json is. */
  root: string;
  /** Ends a build that is under way. */
  signal?: AbortSignal;
}

export interface BuiltPage {
  /** Absolute. */
  folder: string;
  /** False: it was up to date. */
  isNew: boolean;
}

/** In the folder of the build, and not published: its name begins with a dot. Holds the hash of the inputs. */
const STAMP = '.built';
const LONGEST_BUILD_MS = 120_000;
const LOOK_MS = 50;

const isBuiltFrom = (folder: string, hash: string): boolean => {
  try {
    return readFileSync(join(folder, STAMP), 'utf8') === hash;
  } catch {
    return false;
  }
};

/** One process builds at a time. @throws Error when another one still builds after two minutes. */
const claimWorkshop = async (workshop: string, signal: AbortSignal | undefined): Promise<() => void> => {
  for (const startedMs = performance.now(); ; await sleep(LOOK_MS, undefined, { signal })) {
    try {
      return claimFolder(workshop);
    } catch (taken) {
      if (performance.now() - startedMs > LONGEST_BUILD_MS) throw taken;
    }
  }
};

/** Vite as a program of its own: it takes NODE_ENV from the environment, and that of a test would build React's development version. */
const runVite = ({ root, signal }: PageBuildOptions, folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    execFile(
      process.execPath,
      [vite, 'build', join(root, 'hosting'), '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
      { cwd: root, env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' }, signal },
      (error, stdout, stderr) => {
        if (error === null) return resolve();
        if (signal?.aborted) return reject(signal.reason);
        const said = `${stdout}${stderr}`.trim() || error.message;
        reject(new Error(`The page could not be built. Mend what is named here, then start again.\n${said}`));
      },
    );
  });

const build = async (options: PageBuildOptions): Promise<BuiltPage> => {
  const { root, signal } = options;
  const folder = join(root, 'hosting/dist');
  if (isBuiltFrom(folder, hashOfInputs(root))) return { folder, isNew: false };
  const workshop = join(root, 'out/page');
  const giveBack = await claimWorkshop(workshop, signal);
  try {
    const hash = hashOfInputs(root);
    if (isBuiltFrom(folder, hash)) return { folder, isNew: false };
    const unpublished = join(workshop, 'build');
    await runVite(options, unpublished);
    rmSync(join(folder, STAMP), { force: true });
    publishFiles(unpublished, folder);
    rmSync(unpublished, { recursive: true });
    writeFileSync(join(folder, STAMP), hash);
    return { folder, isNew: true };
  } finally {
    giveBack();
  }
};

/** By root: what this process builds at the moment. */
const underWay = new Map<string, Promise<BuiltPage>>();

/** Quick when nothing has changed. @throws Error that says what is wrong with the source, or the signal's reason. */
export const ensurePageIsBuilt = (options: PageBuildOptions): Promise<BuiltPage> => {
  const { root } = options;
  const building = underWay.get(root) ?? build(options).finally(() => underWay.delete(root));
  underWay.set(root, building);
  return building;
};
