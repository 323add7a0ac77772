import { expect, test } from '@jest/globals';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { readPdf } from '../../../support/read-pdf.ts';

const form = (content: string): string =>
  `<< /Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 5 0 R >> >> /Length ${content.length} >>\nstream\n${content}\nendstream`;

/** One page with the text "Offers due:" at 72, 700 from below, and annotations; `appearances` get the object numbers from 20 on. */
const pdfWith = (annotations: string[], appearances: string[] = []): Uint8Array => {
  const numbers = annotations.map((_, index) => `${6 + index} 0 R`).join(' ');
  const page = 'BT /F1 10 Tf 72 700 Td (Offers due:) Tj ET';
  const objects = new Map<number, string>([
    [1, `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${numbers}] /DR << /Font << /F1 5 0 R >> >> >> >>`],
    [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      3,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [${numbers}] >>`,
    ],
    [4, `<< /Length ${page.length} >>\nstream\n${page}\nendstream`],
    [5, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    ...annotations.map((each, index): [number, string] => [6 + index, `<< /Type /Annot ${each} >>`]),
    ...appearances.map((each, index): [number, string] => [20 + index, form(each)]),
  ]);
  let file = '%PDF-1.7\n';
  const size = Math.max(...objects.keys()) + 1;
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, file.length);
    file += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = file.length;
  file += `xref\n0 ${size}\n`;
  for (let number = 0; number < size; number++) {
    const offset = offsets.get(number);
    file += offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
  }
  file += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(file, (letter) => letter.charCodeAt(0));
};

const FIELD = '/Subtype /Widget /FT /Tx /T (due) /DA (/F1 10 Tf) /Rect [140 695 400 712]';
const read = async (annotations: string[], appearances: string[] = []) => {
  const tree = await readPdf(pdfWith(annotations, appearances));
  const { markdown, blocks } = toMarkdown(tree, 'd0');
  return { markdown, kinds: blocks.map(({ kind }) => kind), codes: tree.messages.map(({ code }) => code), tree };
};

test('A filled field that the file draws is read where it is shown, once', async () => {
  const { markdown, codes } = await read(
    [`${FIELD} /F 4 /V (15 January) /AP << /N 20 0 R >>`],
    ['BT /F1 10 Tf 2 5 Td (15 January) Tj ET'],
  );
  expect(markdown).toBe('Offers due: 15 January\n');
  expect(codes).toEqual(['FORM_FIELDS_READ']);
});

test('A filled field without a drawing stands beside its label all the same', async () => {
  const { markdown, codes } = await read([`${FIELD} /V (15 January)`]);
  expect(markdown).toBe('Offers due: 15 January\n');
  expect(codes).toEqual(['FORM_FIELDS_READ']);
});

test('A field far from other text is a block of its own, and each of its lines is kept', async () => {
  const { markdown, kinds } = await read([
    '/Subtype /Widget /FT /Tx /Ff 4096 /T (where) /DA (/F1 10 Tf) /Rect [72 400 300 460] /V (Harbour office\\rNorth pier)',
  ]);
  expect(markdown).toContain('Harbour office');
  expect(markdown).toContain('North pier');
  expect(kinds).toContain('form_field');
});

test('A note written onto the page is text; a comment beside it is left out and counted', async () => {
  const { markdown, codes, tree } = await read([
    '/Subtype /FreeText /Rect [72 500 400 520] /DA (/F1 10 Tf) /Contents (Bring two copies.)',
    '/Subtype /Text /Rect [500 500 520 520] /Contents (Is this right?)',
    '/Subtype /Highlight /Rect [72 700 100 710] /Contents (Check.)',
  ]);
  expect(markdown).toContain('Bring two copies.');
  expect(markdown).not.toContain('Is this right?');
  expect(codes).toEqual(['ANNOTATIONS_LEFT_OUT']);
  expect(tree.messages[0]?.text).toContain('left out: 2.');
});

test('A checked box is [x] with its name where nothing printed names it; one that is not checked is nothing', async () => {
  const box = (name: string, state: string, y: number): string =>
    `/Subtype /Widget /FT /Btn /T (${name}) /V /${state} /AS /${state} /Rect [72 ${y} 82 ${y + 10}] /AP << /N << /Yes 20 0 R /Off 21 0 R >> >>`;
  const { markdown } = await read([box('small business', 'Yes', 600), box('unrestricted', 'Off', 500)], ['', '']);
  expect(markdown).toContain('[x] small business');
  expect(markdown).not.toContain('unrestricted');
});

test('Hidden fields, empty fields and passwords are not read', async () => {
  const { markdown, codes } = await read([
    `${FIELD} /F 2 /V (secret place)`,
    `${FIELD.replace('(due)', '(empty)')} /V ()`,
    `${FIELD.replace('(due)', '(word)')} /Ff 8192 /V (open sesame)`,
  ]);
  expect(markdown).toBe('Offers due:\n');
  expect(codes).toEqual([]);
});

test('Values that the page does not show are reported with what they say', async () => {
  const { tree, markdown } = await read([
    `${FIELD} /V (the best of all) /F 2`,
    '/Subtype /Widget /FT /Tx /T (far) /V (pay them twice) /DA (/F1 10 Tf) /Rect [900 695 1000 712]',
    '/Subtype /Widget /FT /Tx /T (flat) /V (and thrice) /DA (/F1 10 Tf) /Rect [140 600 140 600]',
  ]);
  expect(markdown).toBe('Offers due:\n');
  expect(tree.safety).toEqual([
    expect.objectContaining({ reason: 'hidden', pageNumber: 1, characters: 21, excerpt: 'the best of all and thrice' }),
    expect.objectContaining({ reason: 'off_page', pageNumber: 1, characters: 12, excerpt: 'pay them twice' }),
  ]);
});
