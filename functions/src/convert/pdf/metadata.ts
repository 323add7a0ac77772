/** What the file says about itself. */
import { type PdfiumModule, type Pointer, readUtf16, withBuffer } from './pdfium.ts';

const TAGS = {
  title: 'Title',
  author: 'Author',
  subject: 'Subject',
  keywords: 'Keywords',
  creator: 'Creator',
  producer: 'Producer',
  created: 'CreationDate',
  modified: 'ModDate',
} as const;

/** "D:20251215093000-05'00'" as "2025-12-15T09:30:00-05:00"; anything else as it stands. */
export const readPdfDate = (value: string): string => {
  const match = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?/.exec(value);
  if (!match) return value;
  const [, year, month = '01', day = '01', hour, minute = '00', second = '00', utc, sign, zoneHour, zoneMinute = '00'] =
    match;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return date;
  const zone = sign ? `${sign}${zoneHour}:${zoneMinute}` : utc ? 'Z' : '';
  return `${date}T${hour}:${minute}:${second}${zone}`;
};

export const readMetadata = (pdfium: PdfiumModule, document: Pointer): Record<string, string> => {
  const metadata: Record<string, string> = {};
  for (const [name, tag] of Object.entries(TAGS)) {
    const bytes = new TextEncoder().encode(`${tag}\0`);
    const value = withBuffer(pdfium, bytes.length, (at) => {
      pdfium.HEAPU8.set(bytes, at);
      return readUtf16(pdfium, (buffer, sizeBytes) => pdfium._FPDF_GetMetaText(document, at, buffer, sizeBytes));
    }).trim();
    if (value !== '') metadata[name] = name === 'created' || name === 'modified' ? readPdfDate(value) : value;
  }
  return metadata;
};

export const readPageLabel = (pdfium: PdfiumModule, document: Pointer, index: number): string =>
  readUtf16(pdfium, (buffer, sizeBytes) => pdfium._FPDF_GetPageLabel(document, index, buffer, sizeBytes));
