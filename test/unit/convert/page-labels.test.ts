import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { DocumentSchema } from '../../../functions/src/contracts/document.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { makePdf, textLines } from '../../support/make-pdf.ts';

const limits = { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6, unpackedBytes: 1e8 };
const pdfiumWasm = readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
const page = (text: string) => ({ texts: textLines([text, 'It goes on for a second line, and ends here.'], 72, 300) });
const blocksOf = async (label?: string) => {
  const bytes = makePdf([page('The first page speaks.'), page('The second one answers.')], label ? { label } : {});
  const document = await createConverter({ pdfiumWasm }).convert({ bytes, fileName: 'a.pdf' }, limits);
  expect(DocumentSchema.parse(document)).toEqual(document);
  return new Set(document.blocks.map(({ pageNumber, pageLabel }) => `${pageNumber} ${pageLabel ?? '-'}`));
};

test('Every block names the printed page that it stands on, where that is not simply the number', async () => {
  expect(await blocksOf('<< /S /r >>')).toEqual(new Set(['1 i', '2 ii']));
  expect(await blocksOf()).toEqual(new Set(['1 -', '2 -']));
});
