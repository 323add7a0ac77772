/** Runs the PDF converter in tests; PDFium is loaded once per test file. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Nodes } from 'mdast';
import { fromPdf } from '../../functions/src/convert/pdf/index.ts';
import { loadPdfium, type PdfiumModule } from '../../functions/src/convert/pdf/pdfium.ts';
import type { OnProgress, SourceTree } from '../../functions/src/convert/source-tree.ts';

let pdfium: Promise<PdfiumModule> | undefined;

export const pdfiumForTests = (): Promise<PdfiumModule> => {
  pdfium ??= loadPdfium(readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')));
  return pdfium;
};

export const readPdf = async (bytes: Uint8Array, onProgress?: OnProgress): Promise<SourceTree> =>
  fromPdf({ bytes, fileName: 'sample.pdf' }, await pdfiumForTests(), onProgress);

/** All text of a node. */
export const textOf = (node: Nodes): string => {
  if ('value' in node) return node.value;
  if (node.type === 'break') return '\n';
  return 'children' in node ? node.children.map(textOf).join('') : '';
};

/** A short picture of the tree: "h1 Title", "p Text", nested "- item" or "(a) item", and rows of a table. */
export const outlineOf = (node: Nodes, indent = ''): string[] => {
  switch (node.type) {
    case 'root':
      return node.children.flatMap((child) => outlineOf(child, indent));
    case 'heading':
      return [`${indent}h${node.depth} ${textOf(node)}`];
    case 'paragraph':
      return [`${indent}p ${textOf(node)}`];
    case 'list':
      return node.children.flatMap((item) => {
        const [first, ...others] = item.children;
        const mark = item.data?.provenance?.numbering ?? '*';
        const own = `${indent}${mark} ${first ? textOf(first) : ''}`;
        return [own, ...others.flatMap((child) => outlineOf(child, `${indent}  `))];
      });
    case 'table':
      return node.children.map((row) => `${indent}| ${row.children.map(textOf).join(' | ')} |`);
    default:
      return [`${indent}${node.type}`];
  }
};
