/** The sample solicitation as files of the page: /sample/index.json names them, /sample/<name>.pdf are they. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** An entry of /sample/index.json, which lists them by name. */
export interface SampleFile {
  fileName: string;
  sizeBytes: number;
}

const FOLDER = join(import.meta.dirname, '../test/fixtures/solicitation/pdf');
const ADDRESS = '/sample/';

export const listSampleFiles = (folder: string): SampleFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.pdf'))
    .sort()
    .map((fileName) => ({ fileName, sizeBytes: statSync(join(folder, fileName)).size }));

/** In the build as files, from the development server as answers. `folder` holds the PDF files. */
export const sampleFiles = (folder = FOLDER): Plugin => {
  const index = (): string => JSON.stringify(listSampleFiles(folder));
  return {
    name: 'sample-files',
    generateBundle() {
      for (const { fileName } of listSampleFiles(folder)) {
        this.emitFile({ type: 'asset', fileName: `sample/${fileName}`, source: readFileSync(join(folder, fileName)) });
      }
      this.emitFile({ type: 'asset', fileName: 'sample/index.json', source: index() });
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (!pathname.startsWith(ADDRESS)) return next();
        const asked = decodeURIComponent(pathname.slice(ADDRESS.length));
        if (asked === 'index.json') return response.setHeader('content-type', 'application/json').end(index());
        const found = listSampleFiles(folder).find(({ fileName }) => fileName === asked);
        if (!found) return next();
        response.setHeader('content-type', 'application/pdf').end(readFileSync(join(folder, found.fileName)));
      });
    },
  };
};
