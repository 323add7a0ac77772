import { makePdf, textLines } from './make-pdf.ts';
import type { NamedFile } from './page-steps.ts';

/** A page with a heading and two requirements about `thing`. */
export const smallSolicitation = (name: string, thing: string): NamedFile => {
  const lines = [
    'SECTION L INSTRUCTIONS TO OFFERORS',
    `L.1 The offeror shall describe the ${thing} in its technical volume.`,
    `L.2 The contractor shall deliver one ${thing} each month.`,
  ];
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(makePdf([{ texts: textLines(lines, 72, 90) }])) };
};
