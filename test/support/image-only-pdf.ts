/** Scans for tests: pages as pictures in a PDF that holds no text, and a page as a PNG file. */
import { crc32, deflateSync } from 'node:zlib';
import type { GreyImage } from '../../scripts/local-cloud/document-ai/erase-rules.ts';
import { createPdfRenderer } from '../../scripts/local-cloud/document-ai/render-pdf.ts';

const POINTS_PER_INCH = 72;

/** The pages of a PDF as grey pictures. */
export const renderPages = async (pdf: Uint8Array, dpi: number): Promise<GreyImage[]> =>
  createPdfRenderer().withPdf(pdf, ({ pageCount, render }) =>
    Promise.resolve(Array.from({ length: pageCount }, (_, index) => render(index + 1, dpi))),
  );

/** A white page of Letter size. */
export const blankPage = (dpi: number): GreyImage => {
  const [width, height] = [Math.round(8.5 * dpi), 11 * dpi];
  return { width, height, pixels: new Uint8Array(width * height).fill(255) };
};

const pageObjects = ({ width, height, pixels }: GreyImage, dpi: number, first: number): Buffer[] => {
  const [widthPt, heightPt] = [width, height].map((length) => (length * POINTS_PER_INCH) / dpi);
  const content = `q ${widthPt} 0 0 ${heightPt} 0 0 cm /I Do Q`;
  const data = deflateSync(pixels, { level: 1 });
  const resources = `<< /XObject << /I ${first + 2} 0 R >> >>`;
  return [
    Buffer.from(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${widthPt} ${heightPt}] /Resources ${resources} /Contents ${first + 1} 0 R >>`,
    ),
    Buffer.from(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`),
    Buffer.concat([
      Buffer.from(
        `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length ${data.length} >>\nstream\n`,
      ),
      data,
      Buffer.from('\nendstream'),
    ]),
  ];
};

/** Nothing but one picture a page. */
export const toImageOnlyPdf = (images: readonly GreyImage[], dpi: number): Uint8Array => {
  const kids = images.map((_, index) => `${3 + index * 3} 0 R`).join(' ');
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${images.length} >>`),
    ...images.flatMap((image, index) => pageObjects(image, dpi, 3 + index * 3)),
  ];
  const parts = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let size = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    offsets.push(size);
    size += part.length;
    parts.push(part);
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${size}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
};

const pngChunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
};

/** 8-bit greyscale. */
export const toPng = ({ width, height, pixels }: GreyImage): Uint8Array => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 1 })),
    pngChunk('IEND', new Uint8Array()),
  ]);
};

/** Uncompressed grey, one picture a page. */
export const toTiff = (images: readonly GreyImage[]): Uint8Array => {
  const parts = [Buffer.from('II*\0')];
  let size = 8;
  const directories: Buffer[] = [];
  let next = 8;
  for (const [index, { width, height, pixels }] of images.entries()) {
    const entries: [number, number, number][] = [
      [256, 4, width],
      [257, 4, height],
      [258, 3, 8],
      [259, 3, 1],
      [262, 3, 1],
      [273, 4, 0],
      [277, 3, 1],
      [278, 4, height],
      [279, 4, pixels.length],
    ];
    const length = 2 + entries.length * 12 + 4;
    const directory = Buffer.alloc(length);
    directory.writeUInt16LE(entries.length);
    entries.forEach(([tag, type, value], at) => {
      const start = 2 + at * 12;
      directory.writeUInt16LE(tag, start);
      directory.writeUInt16LE(type, start + 2);
      directory.writeUInt32LE(1, start + 4);
      directory.writeUInt32LE(tag === 273 ? next + length : value, start + 8);
    });
    next += length + pixels.length + (pixels.length % 2);
    directory.writeUInt32LE(index === images.length - 1 ? 0 : next, length - 4);
    directories.push(directory, Buffer.from(pixels), Buffer.alloc(pixels.length % 2));
    size = next;
  }
  const first = Buffer.alloc(4);
  first.writeUInt32LE(8);
  const whole = Buffer.concat([...parts, first, ...directories]);
  if (whole.length !== size) throw new Error('The TIFF file has another length than its offsets say.');
  return whole;
};
