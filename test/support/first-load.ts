/** What a browser downloads for the start page, read from a build's manifest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** https://vite.dev/guide/backend-integration: by source path, or by "_" and the name of a shared chunk. */
export type Manifest = Readonly<
  Record<string, { file: string; imports?: readonly string[]; dynamicImports?: readonly string[] }>
>;

const ENTRY = 'index.html';

/** Loaded when it is opened, or after the first paint. All else that is imported dynamically counts as loaded at once. */
const LATER = /^src\/(views\/(?!start\/)|data\/firestore-sdk\.ts$)/;

/** Scripts of the start page, below the folder of the build. @throws Error when the manifest names a chunk that it does not have. */
export const firstLoadScripts = (manifest: Manifest): string[] => {
  const seen = new Set<string>();
  const waiting = [ENTRY];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The manifest has no ${key}.`);
    waiting.push(...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []).filter((each) => !LATER.test(each)));
  }
  return [...seen].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'));
};

/** As Hosting sends it, and no smaller. */
const gzippedBytes = (text: string): number => gzipSync(text, { level: 9 }).byteLength;

/** Texts that only these libraries hold, minified too. */
export const HEAVY_LIBRARIES: Readonly<Record<string, string>> = {
  Firestore: 'google.firestore',
  'pdf.js': 'PDFDocumentLoadingTask',
};

export const heavyLibrariesIn = (texts: readonly string[]): string[] =>
  Object.entries(HEAVY_LIBRARIES)
    .filter(([, mark]) => texts.some((text) => text.includes(mark)))
    .map(([name]) => name);

export interface FirstLoad {
  /** Gzipped, by file. */
  sizes: Readonly<Record<string, number>>;
  bytes: number;
  heavyLibraries: string[];
}

/** `read` answers the text of a file of the build. */
export const measureFirstLoad = (manifest: Manifest, read: (file: string) => string): FirstLoad => {
  const files = firstLoadScripts(manifest);
  const sizes = Object.fromEntries(files.map((file) => [file, gzippedBytes(read(file))]));
  return {
    sizes,
    bytes: Object.values(sizes).reduce((sum, size) => sum + size, 0),
    heavyLibraries: heavyLibrariesIn(files.map(read)),
  };
};

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
