/** A PDF that is long to send and short to read. */
import { makePdf, textLines } from './make-pdf.ts';

/** One page with one sentence, and an object of so many bytes that nothing refers to, no part of which is like another. */
export const paddedPdf = (sentence: string, paddingBytes: number): Buffer => {
  const pdf = Buffer.from(makePdf([{ texts: textLines([sentence], 72, 72) }]));
  const table = pdf.lastIndexOf('xref\n0');
  const padding = Buffer.from(Uint32Array.from({ length: paddingBytes / 4 }, (_, index) => index).buffer);
  const inserted = Buffer.concat([
    Buffer.from(`999 0 obj\n<< /Length ${padding.length} >>\nstream\n`),
    padding,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const end = pdf
    .subarray(table)
    .toString('latin1')
    .replace(/startxref\n\d+/, `startxref\n${table + inserted.length}`);
  return Buffer.concat([pdf.subarray(0, table), inserted, Buffer.from(end, 'latin1')]);
};
