/** Small files that would cost a careless reader its memory, its time or its host's secrets. */
import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';

const MIB = 1024 * 1024;
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A zlib stream of blanks, a thousandth of what it inflates to. Its checksum is left out, which no reader of PDF misses. */
const blankStream = (inflatedBytes: number): Uint8Array => {
  const piece = new Uint8Array(deflateRawSync(new Uint8Array(MIB).fill(0x20), { finishFlush: constants.Z_FULL_FLUSH }));
  const end = new Uint8Array(deflateRawSync(new Uint8Array()));
  return joined(latin1('\x78\x9c'), ...Array.from({ length: inflatedBytes / MIB }, () => piece), end);
};

interface PdfObject {
  dictionary: string;
  stream?: Uint8Array;
}

/** Objects 1, 2, … with a table of where they stand; object 1 is the catalog. ISO 32000-1, 7.5. */
export const rawPdf = (objects: readonly PdfObject[]): Uint8Array => {
  const parts: Uint8Array[] = [latin1('%PDF-1.7\n')];
  let length = parts[0]?.length ?? 0;
  const add = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  const offsets = objects.map(({ dictionary, stream }, index) => {
    const offset = length;
    const size = stream ? ` /Length ${stream.length}` : '';
    add(latin1(`${index + 1} 0 obj\n<< ${dictionary}${size} >>\n`));
    if (stream) add(joined(latin1('stream\n'), stream, latin1('\nendstream\n')));
    add(latin1('endobj\n'));
    return offset;
  });
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  add(latin1(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`));
  add(latin1(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return joined(...parts);
};

const CATALOG = { dictionary: '/Type /Catalog /Pages 2 0 R' };
const onePage = (more: string): PdfObject[] => [
  CATALOG,
  { dictionary: '/Type /Pages /Kids [3 0 R] /Count 1' },
  { dictionary: `/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${more}` },
];
const HELVETICA = '/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding';

/** A page whose content inflates to `inflatedBytes`. */
export const contentBombPdf = (inflatedBytes: number): Uint8Array =>
  rawPdf([...onePage('/Contents 4 0 R'), { dictionary: '/Filter /FlateDecode', stream: blankStream(inflatedBytes) }]);

/** The pages stand in an object stream that inflates to `inflatedBytes`. */
export const objectStreamBombPdf = (inflatedBytes: number): Uint8Array => {
  const bomb = blankStream(inflatedBytes);
  const objects: PdfObject[] = [CATALOG, { dictionary: '/Type /Pages /Kids [5 0 R] /Count 1' }];
  objects.push({ dictionary: '/Type /ObjStm /N 1 /First 10 /Filter /FlateDecode', stream: bomb });
  const row = (type: number, a: number, b: number): number[] => [type, (a >> 16) & 255, (a >> 8) & 255, a & 255, b];
  const parts: Uint8Array[] = [latin1('%PDF-1.7\n')];
  const offsets: number[] = [];
  for (const [index, { dictionary, stream }] of objects.entries()) {
    offsets.push(parts.reduce((sum, part) => sum + part.length, 0));
    const size = stream ? ` /Length ${stream.length}` : '';
    parts.push(latin1(`${index + 1} 0 obj\n<< ${dictionary}${size} >>\n`));
    if (stream) parts.push(latin1('stream\n'), stream, latin1('\nendstream\n'));
    parts.push(latin1('endobj\n'));
  }
  const start = parts.reduce((sum, part) => sum + part.length, 0);
  const [first = 0, second = 0, third = 0] = offsets;
  const rows = Uint8Array.from(
    [row(0, 0, 0), row(1, first, 0), row(1, second, 0), row(1, third, 0), row(1, start, 0), row(2, 3, 0)].flat(),
  );
  const table = new Uint8Array(deflateSync(rows));
  parts.push(
    latin1(`4 0 obj\n<< /Type /XRef /Size 6 /W [1 3 1] /Root 1 0 R /Filter /FlateDecode /Length ${table.length} >>\n`),
    latin1('stream\n'),
    table,
    latin1(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
  );
  return joined(...parts);
};

/** A page tree that has itself as a branch, and one `depth` levels deep. */
export const cyclicPagesPdf = (): Uint8Array =>
  rawPdf([
    CATALOG,
    { dictionary: '/Type /Pages /Kids [2 0 R 3 0 R] /Count 2' },
    { dictionary: '/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]' },
  ]);

export const deepPagesPdf = (depth: number): Uint8Array =>
  rawPdf([
    CATALOG,
    ...Array.from({ length: depth }, (_, index) => ({
      dictionary: `/Type /Pages /Kids [${index + 3} 0 R] /Count 1${index === 0 ? '' : ` /Parent ${index + 1} 0 R`}`,
    })),
    { dictionary: `/Type /Page /Parent ${depth + 1} 0 R /MediaBox [0 0 612 792]` },
  ]);

export const noPagesPdf = (): Uint8Array => rawPdf([CATALOG, { dictionary: '/Type /Pages /Kids [] /Count 0' }]);

/** One page full of letters, many of them on top of each other. */
export const crowdedPagePdf = (glyphs: number): Uint8Array => {
  const perLine = 100;
  const lines = Array.from(
    { length: Math.ceil(glyphs / perLine) },
    (_, line) =>
      `BT /F 4 Tf 1 0 0 1 ${20 + (line % 5) * 110} ${780 - ((line * 3) % 760)} Tm (${'word '.repeat(perLine / 5)}) Tj ET`,
  );
  return rawPdf([
    ...onePage('/Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R'),
    { dictionary: '', stream: latin1(lines.join('\n')) },
    { dictionary: HELVETICA },
  ]);
};

/** A font of glyph numbers, as a subset has them, that nothing translates into letters: ISO 32000-1, 9.10.2. */
export const unmappedFontPdf = (): Uint8Array =>
  rawPdf([
    ...onePage('/Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R'),
    { dictionary: '', stream: latin1('BT /F 12 Tf 1 0 0 1 72 700 Tm <00030004000500060008> Tj ET') },
    { dictionary: '/Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [6 0 R]' },
    {
      dictionary:
        '/Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R',
    },
    {
      dictionary:
        '/Type /FontDescriptor /FontName /Nameless /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80',
    },
  ]);

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** `document`: the whole of word/document.xml. */
export const docxOf = (document: string): Uint8Array =>
  zipSync({ '[Content_Types].xml': strToU8(CONTENT_TYPES), 'word/document.xml': strToU8(document) });

const BODY = (content: string): string => `<w:document ${W}><w:body>${content}</w:body></w:document>`;
const LEVELS = 12;

/** Ten to the power of twelve words, if somebody counted them. */
export const entityBombDocx = (): Uint8Array => {
  const entities = Array.from({ length: LEVELS }, (_, level) => {
    const value = level === 0 ? 'word ' : `&e${level - 1};`.repeat(10);
    return `<!ENTITY e${level} "${value}">`;
  });
  return docxOf(
    `<!DOCTYPE d [${entities.join('')}]>${BODY(`<w:p><w:r><w:t>before &e${LEVELS - 1}; after</w:t></w:r></w:p>`)}`,
  );
};

/** Asks for a file of the host. */
export const externalEntityDocx = (): Uint8Array =>
  docxOf(
    `<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>${BODY('<w:p><w:r><w:t>before &secret; after</w:t></w:r></w:p>')}`,
  );

export const deepDocx = (depth: number): Uint8Array =>
  docxOf(
    BODY(
      `${'<w:tbl><w:tr><w:tc>'.repeat(depth)}<w:p><w:r><w:t>innermost</w:t></w:r></w:p>${'</w:tc></w:tr></w:tbl>'.repeat(depth)}`,
    ),
  );
