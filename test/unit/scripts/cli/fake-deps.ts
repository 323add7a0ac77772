/** A world for commands: a real temporary folder, a converter and an analysis that answer from the file's text. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { readConfig } from '../../../../functions/src/config.ts';
import type { Analysis } from '../../../../functions/src/contracts/analysis.ts';
import type { ConversionMessage, Document } from '../../../../functions/src/contracts/document.ts';
import { AppError } from '../../../../functions/src/errors.ts';
import type { ConversionRequest, FileUnpacker } from '../../../../functions/src/ports.ts';
import type { CliDeps } from '../../../../scripts/cli/deps.ts';
import { NOTHING_LOST } from '../../../support/clean-quality.ts';
import { sampleAnalysis } from '../../export/sample-analysis.ts';

const hexId = (text: string): string => Buffer.from(text).toString('hex').slice(0, 16).padEnd(16, '0');

const warning = (code: string, text: string): ConversionMessage => ({ level: 'warning', code, text });

/** Text "broken" is refused, white space has nothing to read, "scan" needs OCR on pages 1 and 2; all else converts to itself. */
export const fakeConvert = async ({ bytes, fileName, onProgress }: ConversionRequest): Promise<Document> => {
  const text = new TextDecoder().decode(bytes);
  if (text.startsWith('broken')) throw new AppError('FILE_DAMAGED', { fileName, problem: 'it ends too early' });
  if (text.startsWith('bug')) throw new TypeError('x is not a function');
  onProgress?.(1, 2);
  onProgress?.(2, 2);
  return {
    documentId: hexId(text),
    fileName,
    mediaType: text.startsWith('box ') ? 'application/zip' : 'text/plain',
    sizeBytes: bytes.length,
    pageBasis: 'pdf',
    pages: [1, 2].map((pageNumber) => ({ pageNumber, source: 'text' })),
    blocks: [],
    markdown: `# ${text}\n`,
    messages: [
      ...(text.startsWith('noisy') ? [warning('FONT_UNMAPPED', 'A font has no letters.')] : []),
      ...(text.trim() === '' ? [warning('NO_TEXT', 'No text was found in the file.')] : []),
    ],
    safety: [],
    quality: { characters: text.length + 3, pages: 2, pagesWithText: 2, unreadableCharacters: 0, ...NOTHING_LOST },
    pagesNeedingOcr: text.startsWith('scan') ? [1, 2] : [],
    metadata: {},
  };
};

/** "box a.txt=one|b.txt=two" holds two files; "<" and ">" stand for the signs of a box in a box. */
const fakeUnpack: FileUnpacker['unpack'] = async ({ bytes, fileName }) => {
  const content = new TextDecoder().decode(bytes).slice('box '.length);
  if (content === 'torn') throw new AppError('FILE_DAMAGED', { fileName, problem: 'it ends too early' });
  return content.split('|').flatMap((entry) => {
    const [name = '', text = ''] = entry.split(/=(.*)/s);
    const inner = text.replaceAll('<', '=').replaceAll('>', '|');
    return name === '' ? [] : [{ fileName: name, bytes: new TextEncoder().encode(inner) }];
  });
};

const fakeAnalysis = (documents: readonly Document[]): Analysis => {
  const [entry] = sampleAnalysis().documents;
  const sample = sampleAnalysis({ coverage: { pagesWithoutText: [] } });
  return {
    ...sample,
    documents: documents.map(({ documentId, fileName }) => ({
      ...(entry as NonNullable<typeof entry>),
      documentId,
      fileName,
    })),
  };
};

export interface FakeWorld {
  deps: CliDeps;
  folder: string;
  stdout(): string;
  stderr(): string;
  interrupt(): void;
  closedConverters(): number;
  poolSizes: number[];
  /** Every path below the folder, sorted. */
  list(): Promise<string[]>;
}

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

export const fakeWorld = async (
  files: Readonly<Record<string, string>> = {},
  changes: Partial<CliDeps> = {},
): Promise<FakeWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'mdraft-cli-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const printed = { stdout: '', stderr: '' };
  const controller = new AbortController();
  const poolSizes: number[] = [];
  let closed = 0;
  let clockMs = 0;
  const deps: CliDeps = {
    stdout: {
      write: (text) => {
        printed.stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        printed.stderr += text;
      },
    },
    terminalColumns: null,
    workingFolder: folder,
    signal: controller.signal,
    elapsedMs: () => {
      clockMs += 1000;
      return clockMs;
    },
    readConfig: async () => readConfig({}),
    createConverter: async (_, size) => {
      poolSizes.push(size);
      return {
        convert: fakeConvert,
        unpack: fakeUnpack,
        close: async () => {
          closed += 1;
        },
      };
    },
    analyze: async (documents, _, onProgress) => {
      onProgress(1, 1);
      return fakeAnalysis(documents);
    },
    ...changes,
  };
  return {
    deps,
    folder,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    interrupt: () => controller.abort(),
    closedConverters: () => closed,
    poolSizes,
    list: async () => (await readdir(folder, { recursive: true })).sort(),
  };
};
