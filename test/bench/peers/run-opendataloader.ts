/** opendataloader starts a Java machine at each call: all documents go into one, and the files it writes tell the times. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerDocument, Report } from './engine-messages.ts';

type Convert = (paths: readonly string[], options: object) => Promise<string>;

/** Conversions before the first measured one, so that Java has compiled what it needs. */
const WARM_UPS = 2;
const OPTIONS = { format: 'markdown', useStructTree: true, tableMethod: 'cluster', imageOutput: 'off', quiet: true };

export const runOpendataloader = async (
  load: NodeJS.Require,
  documents: readonly PeerDocument[],
  report: Report,
): Promise<void> => {
  const { convert }: { convert: Convert } = load('@opendataloader/pdf');
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-opendataloader-'));
  const outputDir = join(folder, 'out');
  mkdirSync(outputDir);
  try {
    const inOrder = [...documents.slice(0, 1).flatMap((first) => Array(WARM_UPS).fill(first)), ...documents];
    const staged = inOrder.map(({ path }: PeerDocument, index) => {
      const name = String(index).padStart(6, '0');
      copyFileSync(path, join(folder, `${name}.pdf`));
      return name;
    });
    const problem = await convert(
      staged.map((name) => join(folder, `${name}.pdf`)),
      { ...OPTIONS, outputDir },
    ).then(
      () => 'it wrote no Markdown',
      (error: unknown) => String(error),
    );
    let endedBefore = 0;
    for (const [index, name] of staged.entries()) {
      const output = join(outputDir, `${name}.md`);
      const isWritten = existsSync(output);
      const endedAt = isWritten ? statSync(output).mtimeMs : endedBefore;
      const document = documents[index - WARM_UPS];
      if (document && isWritten) {
        const markdown = readFileSync(output, 'utf8');
        await report({ kind: 'converted', id: document.id, ms: endedAt - endedBefore, markdown });
      } else if (document) await report({ kind: 'failed', id: document.id, failure: problem });
      endedBefore = endedAt;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
