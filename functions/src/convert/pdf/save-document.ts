/** A document in PDFium's memory as the bytes of a file. */
import { type PdfiumModule, type Pointer, withBuffer } from './pdfium.ts';

/** FPDF_FILEWRITE (https://pdfium.googlesource.com/pdfium/+/main/public/fpdf_save.h): its version, and the function that takes the bytes. */
const FILE_WRITE_BYTES = 8;
const FILE_WRITE_VERSION = 1;
const WHOLE_FILE = 2;

/** WriteBlock(self, data, size): 1 is success. */
type WriteBlock = (self: Pointer, data: Pointer, sizeBytes: number) => number;

/**
 * A table holds only functions of WebAssembly, so this module of one import, (i32, i32, i32) → i32, gives it out again as an export of its own:
 * sections type, import "e" "f", export "f".
 */
const PASS_THROUGH = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x01, 0x7f],
  ...[0x02, 0x07, 0x01, 0x01, 0x65, 0x01, 0x66, 0x00, 0x00],
  ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
);

/** The table cannot grow, and its first place, the null pointer of C, is the only one without a function. */
const FREE_PLACE = 0;

/** Calls `use` with a function pointer by which PDFium reaches `write`. */
const withCallback = <T>({ wasmExports }: PdfiumModule, write: WriteBlock, use: (pointer: Pointer) => T): T => {
  const table = wasmExports.__indirect_function_table;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(PASS_THROUGH), { e: { f: write } });
  table.set(FREE_PLACE, instance.exports.f);
  try {
    return use(FREE_PLACE);
  } finally {
    table.set(FREE_PLACE, null);
  }
};

const concatenated = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Undefined when PDFium cannot write it. */
export const saveDocument = (pdfium: PdfiumModule, document: Pointer): Uint8Array | undefined => {
  const parts: Uint8Array[] = [];
  const write: WriteBlock = (_self, data, sizeBytes) => {
    parts.push(pdfium.HEAPU8.slice(data, data + sizeBytes));
    return 1;
  };
  const isSaved = withCallback(pdfium, write, (pointer) =>
    withBuffer(pdfium, FILE_WRITE_BYTES, (writer) => {
      pdfium.HEAP32.set([FILE_WRITE_VERSION, pointer], writer >> 2);
      return pdfium._FPDF_SaveAsCopy(document, writer, WHOLE_FILE) !== 0;
    }),
  );
  return isSaved ? concatenated(parts) : undefined;
};
