/** A PDF of a few objects, written by hand, for tests that must control every detail of a page. */

export interface PdfText {
  text: string;
  /** Points from the left edge and, to the baseline, from the top edge. */
  x: number;
  y: number;
  /** Default 11. */
  size?: number;
  bold?: boolean;
  /** Text render mode 3: in the file, but not shown. */
  invisible?: boolean;
}

export interface PdfPage {
  texts?: PdfText[];
  /** Straight lines: x0, y0, x1, y1 from the top left corner. */
  lines?: [number, number, number, number][];
  /** Filled circles of 4 pt, as browsers draw bullets: centre x, y. */
  dots?: [number, number][];
  /** A picture over the whole page. */
  image?: boolean;
  widthPt?: number;
  heightPt?: number;
  /** The page is stored lying on its side and turned to be shown; places of texts are as shown. */
  turned?: boolean;
}

export interface PdfOptions {
  info?: Record<string, string>;
  /** A page label dictionary, e.g. "<< /S /r >>" for i, ii, iii. */
  label?: string;
}

const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&');

const circle = (x: number, y: number): string => {
  const [r, k] = [2, 1.1];
  return [
    `${x + r} ${y} m`,
    `${x + r} ${y + k} ${x + k} ${y + r} ${x} ${y + r} c`,
    `${x - k} ${y + r} ${x - r} ${y + k} ${x - r} ${y} c`,
    `${x - r} ${y - k} ${x - k} ${y - r} ${x} ${y - r} c`,
    `${x + k} ${y - r} ${x + r} ${y - k} ${x + r} ${y} c f`,
  ].join('\n');
};

const contentOf = (page: PdfPage, width: number, height: number): string =>
  [
    ...(page.image ? [`q ${width} 0 0 ${height} 0 0 cm /Im Do Q`] : []),
    ...(page.lines ?? []).map(([x0, y0, x1, y1]) => `${x0} ${height - y0} m ${x1} ${height - y1} l S`),
    ...(page.dots ?? []).map(([x, y]) => circle(x, height - y)),
    ...(page.texts ?? []).map(
      ({ text, x, y, size = 11, bold, invisible }) =>
        `BT /${bold ? 'FB' : 'FR'} ${size} Tf ${invisible ? 3 : 0} Tr ${page.turned ? `0 1 -1 0 ${y} ${x}` : `1 0 0 1 ${x} ${height - y}`} Tm (${escaped(text)}) Tj ET`,
    ),
  ].join('\n');

const stream = (dictionary: string, content: string): string =>
  `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`;

/** Bytes of the file; text is limited to Latin-1. */
export const makePdf = (pages: readonly PdfPage[], { info = {}, label }: PdfOptions = {}): Uint8Array => {
  const FIRST_PAGE = 7;
  const kids = pages.map((_, index) => `${FIRST_PAGE + 2 * index} 0 R`).join(' ');
  const entries = Object.entries(info).map(([key, value]) => `/${key} (${escaped(value)})`);
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${label ? `/PageLabels << /Nums [0 ${label}] >>` : ''} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    stream('/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8', '\x80'),
    `<< ${entries.join(' ')} >>`,
    ...pages.flatMap((page, index) => {
      const [width, height] = [page.widthPt ?? 612, page.heightPt ?? 792];
      const resources = '<< /Font << /FR 3 0 R /FB 4 0 R >> /XObject << /Im 5 0 R >> >>';
      const rotate = page.turned ? '/Rotate 90' : '';
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] ${rotate} /Resources ${resources} /Contents ${FIRST_PAGE + 2 * index + 1} 0 R >>`,
        stream('', contentOf(page, width, height)),
      ];
    }),
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(file, (letter) => letter.charCodeAt(0));
};

/** Lines of running text, one below the other, as a page's texts. */
export const textLines = (lines: readonly string[], x: number, y: number, stepPt = 14, size = 11): PdfText[] =>
  lines.map((text, index) => ({ text, x, y: y + index * stepPt, size }));
