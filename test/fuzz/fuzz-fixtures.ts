/** A small file of every format that mdraft reads, our own text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jpegFile, pngFile, tiffFile } from '../support/image-files.ts';
import { makePdf, textLines } from '../support/make-pdf.ts';
import { makeTaggedPdf } from '../support/tagged-pdf.ts';
import type { FuzzFixture } from './hold-conversions.ts';
import { officeFixtures } from './office-fixtures.ts';

const SOLICITATION = join(import.meta.dirname, '../fixtures/solicitation');
const stored = (path: string, fileName: string): FuzzFixture => ({
  fileName,
  bytes: new Uint8Array(readFileSync(join(SOLICITATION, path))),
});
const written = (fileName: string, text: string): FuzzFixture => ({
  fileName,
  bytes: new TextEncoder().encode(text),
});

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notice</title></head><body><h1>1. Scope</h1>
<p>The <b>contractor</b> shall deliver &amp; install.</p><ol type="a"><li>Plan<ul><li>Draft</li></ul></li><li value="4">Report</li></ol>
<table><tr><th colspan="2">Item</th></tr><tr><td rowspan="2">1</td><td>Desk</td></tr><tr><td>Chair</td></tr></table></body></html>`;
const csv = 'Item,Price,Due\n"Desk, oak",10.00,2026-05-01\n"Chair ""blue""",7.50,2026-05-02\n';
const text =
  '1. SCOPE\n\n  The contractor shall:\n    (a) deliver a plan;\n    (b) report\n\n2. DUE DATES\n\nMay 1, 2026.\n';

const tagged = (): Uint8Array =>
  makeTaggedPdf(
    [
      { type: 'H1', texts: [{ text: 'Scope', x: 72, y: 72, size: 16 }] },
      { type: 'P', texts: [{ text: 'The contractor shall deliver.', x: 72, y: 100 }] },
      {
        type: 'Table',
        children: ['Desk', 'Chair'].map((text, index) => ({
          type: 'TR',
          children: [
            { type: 'TH', attributes: '<< /O /Table /ColSpan 1 >>', texts: [{ text, x: 72, y: 140 + 20 * index }] },
            { type: 'TD', texts: [{ text: '10.00', x: 200, y: 140 + 20 * index }] },
          ],
        })),
      },
    ],
    { outline: [{ title: 'Scope', depth: 1 }] },
  );

export const fuzzFixtures = (): FuzzFixture[] => [
  stored('pdf/04-amendment-0001.pdf', 'amendment.pdf'),
  {
    fileName: 'plain.pdf',
    bytes: makePdf([{ texts: textLines(['1. SCOPE', 'The contractor shall deliver.', '(a) a plan'], 72, 72) }]),
  },
  { fileName: 'tagged.pdf', bytes: tagged() },
  ...officeFixtures(),
  stored('markdown/04-amendment-0001.md', 'amendment.md'),
  written('notice.html', html),
  written('prices.csv', csv),
  written('notes.txt', text),
  { fileName: 'page.png', bytes: pngFile({}) },
  { fileName: 'page.jpg', bytes: jpegFile({ dpi: 200 }) },
  {
    fileName: 'pages.tiff',
    bytes: tiffFile([
      { width: 1700, height: 2200 },
      { width: 850, height: 1100, dpi: 100 },
    ]),
  },
];
