/** The page as static files: `vite build hosting`. */
import { defineConfig } from 'vite';
import { notFoundPage } from './not-found-page.ts';
import { operationsTable } from './operations-table.ts';
import { pdfjsFiles } from './pdfjs-files.ts';
import { sampleFiles } from './sample-files.ts';

// biome-ignore lint/style/noDefaultExport: Vite takes it from the default export.
export default defineConfig({
  plugins: [operationsTable(), sampleFiles(), pdfjsFiles(), notFoundPage()],
  build: {
    target: 'baseline-widely-available',
    manifest: true,
    // A data: address would need a wider Content Security Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the licences of the bundled packages ask for; comments do not survive the minifier.
    license: { fileName: 'licences.md' },
  },
});
