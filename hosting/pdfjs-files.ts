/** What pdf.js asks for by name while it draws a page: fonts, character maps, and decoders without WebAssembly, below /pdfjs/. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const ADDRESS = '/pdfjs/';

/** Folder below the address → folder of the package, and which of its files. */
const FOLDERS = [
  { name: 'fonts', from: 'standard_fonts', wanted: /./ },
  { name: 'cmaps', from: 'cmaps', wanted: /./ },
  { name: 'decoders', from: 'wasm', wanted: /_nowasm_fallback\.js$|^LICENSE_(?:PDFJS_)?(?:JBIG2|OPENJPEG)$/ },
] as const;

/** Name below the address → path on disk. */
export const listPdfjsFiles = (folder: string = PACKAGE): Map<string, string> =>
  new Map(
    FOLDERS.flatMap(({ name, from, wanted }) =>
      readdirSync(join(folder, from))
        .filter((file) => wanted.test(file))
        .map((file): [string, string] => [`${name}/${file}`, join(folder, from, file)]),
    ),
  );

/** In the build as files, from the development server as answers. */
export const pdfjsFiles = (): Plugin => ({
  name: 'pdfjs-files',
  generateBundle() {
    for (const [name, path] of listPdfjsFiles()) {
      this.emitFile({ type: 'asset', fileName: `pdfjs/${name}`, source: readFileSync(path) });
    }
  },
  configureServer({ middlewares }) {
    const files = listPdfjsFiles();
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const path = pathname.startsWith(ADDRESS) ? files.get(pathname.slice(ADDRESS.length)) : undefined;
      if (path === undefined) return next();
      const type = path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
      response.setHeader('content-type', type).end(readFileSync(path));
    });
  },
});
