/** The public folder as Hosting serves it. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { matchesGlob } from './glob.ts';

export interface StaticFile {
  bytes: Buffer;
  contentType: string;
  etag: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const read = async (path: string): Promise<StaticFile | null> => {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  const bytes = await readFile(path);
  return {
    bytes,
    contentType: CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
  };
};

/** `path` is decoded and begins with "/"; a folder stands for its index.html. Null outside the folder and for what is ignored. */
export const findStaticFile = async (
  folder: string,
  ignore: readonly string[],
  path: string,
): Promise<StaticFile | null> => {
  const full = normalize(join(folder, path));
  if (full !== normalize(folder) && !full.startsWith(normalize(folder + sep))) return null;
  if (path.includes('\0') || ignore.some((pattern) => matchesGlob(pattern, path))) return null;
  return (await read(full)) ?? (await read(join(full, 'index.html')));
};
