/** A gate: one thing that must hold of the tree, whoever wrote it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface GateResult {
  ok: boolean;
  /** What to mend, for the reader of a failure. */
  output: string;
}

export interface Gate {
  name: string;
  /** What it holds, in a few words. */
  holds: string;
  /** `root` is the folder of package.json; a test passes a tree with a planted failure. */
  run(root: string): Promise<GateResult>;
}

/** A gate that is a development dependency's program: exit code 0 passes. Run by this same Node, so no shell and no PATH. */
export const toolGate = (name: string, holds: string, script: string, args: string[]): Gate => ({
  name,
  holds,
  run: (root) =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(root, 'node_modules', script), ...args],
        { cwd: root, env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => resolve({ ok: error === null, output: `${stdout}${stderr}`.trim() }),
      );
    }),
});
