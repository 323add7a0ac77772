/** The part of pdfkit (https://pdfkit.org/docs/) that the test files use. The package brings no types. */
import { createRequire } from 'node:module';

export interface PdfKitOutline {
  addItem(title: string, options?: { expanded?: boolean }): PdfKitOutline;
}

export interface PdfKitDocument {
  readonly outline: PdfKitOutline;
  addPage(): PdfKitDocument;
  font(name: string): PdfKitDocument;
  fontSize(sizePt: number): PdfKitDocument;
  widthOfString(text: string): number;
  text(text: string, x: number, y: number, options?: { lineBreak?: boolean }): PdfKitDocument;
  lineWidth(widthPt: number): PdfKitDocument;
  moveTo(x: number, y: number): PdfKitDocument;
  lineTo(x: number, y: number): PdfKitDocument;
  stroke(color?: string): PdfKitDocument;
  rect(x: number, y: number, width: number, height: number): PdfKitDocument;
  fill(color: string): PdfKitDocument;
  fillColor(color: string): PdfKitDocument;
  on(event: 'data', listener: (chunk: Uint8Array) => void): PdfKitDocument;
  on(event: 'end', listener: () => void): PdfKitDocument;
  on(event: 'error', listener: (error: Error) => void): PdfKitDocument;
  end(): void;
}

export interface PdfKitOptions {
  size: 'LETTER';
  margin: number;
  autoFirstPage: boolean;
  compress: boolean;
  info: { Title: string; Author: string; CreationDate: Date; ModDate: Date };
  lang?: string;
  userPassword?: string;
  ownerPassword?: string;
}

const PdfKit = createRequire(import.meta.url)('pdfkit') as new (options: PdfKitOptions) => PdfKitDocument;

export const openPdf = (options: PdfKitOptions): PdfKitDocument => new PdfKit(options);

/** Ends the document and gives its bytes. */
export const pdfBytes = (document: PdfKitDocument): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
    document.end();
  });
