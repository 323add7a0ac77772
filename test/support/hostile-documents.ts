/** Documents of somebody who wants to run something on the page of whoever reads them. Every piece of script sets `window.hostile`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDocx, paragraph } from '../unit/convert/docx/build-docx.ts';
import { makePdf } from './make-pdf.ts';
import type { NamedFile } from './page-steps.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/hostile/markdown.md');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a reader sees of each document, and finds in its matrix. */
export const HOSTILE_DUTIES = {
  markdown: 'The contractor shall print <img src=x onerror=window.hostile=1> on the first page.',
  html: 'The contractor shall print <img src=x onerror=window.hostile=2> on the second page.',
  docx: 'The contractor shall print <svg onload=window.hostile=3> and [x](javascript:window.hostile=3) on the third page.',
  pdf: 'The contractor shall print <img src=x onerror=window.hostile=4> and [x](javascript:alert(1)) on the fourth page.',
} as const;

const markdown = `${readFileSync(FIXTURE, 'utf8')}\n</style></mtext></math>\n\n${HOSTILE_DUTIES.markdown.replaceAll('<', '\\<')}\n`;

const html = `<!doctype html><html><head><title>"><script>window.hostile = 'title'</script></title>
<script>window.hostile = 'head'</script><base href="https://attacker.example/">
<meta http-equiv="refresh" content="0; url=https://attacker.example/"></head>
<body onload="window.hostile = 'body'"><h1>Terms</h1>
<p>${escaped(HOSTILE_DUTIES.html)}</p>
<p>The contractor shall <a href="javascript:window.hostile='link'">follow this</a>.<img src=x onerror="window.hostile='img'"></p>
<svg onload="window.hostile='svg'"><a xlink:href="javascript:window.hostile='svg link'"><text>drawn</text></a></svg>
<iframe srcdoc="<script>parent.hostile = 'frame'</script>"></iframe></body></html>`;

const docx = buildDocx({
  body: [
    paragraph('Terms'),
    paragraph(escaped(HOSTILE_DUTIES.docx)),
    `<w:p><w:hyperlink r:id="out"><w:r><w:t>The contractor shall follow this link.</w:t></w:r></w:hyperlink></w:p>`,
  ].join(''),
  relationships:
    '<Relationship Id="out" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="javascript:window.hostile=1" TargetMode="External"/>',
});

const pdf = makePdf(
  [
    {
      texts: [
        { text: 'Terms', x: 40, y: 60, size: 16, bold: true },
        { text: HOSTILE_DUTIES.pdf, x: 40, y: 100, size: 9 },
      ],
    },
  ],
  { info: { Title: `"><img src=x onerror=window.hostile=5>` } },
);

/** Shown without the marks that turn the direction of writing; as it is given it reads like "bid‮fdp.md" backwards. */
export const HOSTILE_NAMES = {
  markdown: { given: '"><img src=x onerror=alert(1)>.md', shown: '"><img src=x onerror=alert(1)>.md' },
  html: { given: "'onmouseover='alert(1)'.html", shown: "'onmouseover='alert(1)'.html" },
  docx: { given: 'bid\u202efdp.docx', shown: 'bidfdp.docx' },
  pdf: { given: '\u2067annex\u2069 \u200f[x](javascript:alert(1)).pdf', shown: 'annex [x](javascript:alert(1)).pdf' },
} as const;

export const HOSTILE_FILES: readonly NamedFile[] = [
  { name: HOSTILE_NAMES.markdown.given, mimeType: 'text/markdown', buffer: Buffer.from(markdown) },
  { name: HOSTILE_NAMES.html.given, mimeType: 'text/html', buffer: Buffer.from(html) },
  {
    name: HOSTILE_NAMES.docx.given,
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    buffer: Buffer.from(docx),
  },
  { name: HOSTILE_NAMES.pdf.given, mimeType: 'application/pdf', buffer: Buffer.from(pdf) },
];
