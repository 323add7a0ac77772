/** The size of a PNG picture (https://www.w3.org/TR/png-3/). */
import { CUT_SHORT, DamagedImage, type ImagePage, SIZELESS, statedDpi } from './image-page.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum. */
const AROUND_DATA_BYTES = 12;
const HEADER_BYTES = 13;
const PER_METRE = 1;
const METRES_PER_INCH = 0.0254;

/** @throws DamagedImage, or a RangeError where the bytes end too early. */
export const readPng = (bytes: Uint8Array): ImagePage[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const page: ImagePage = { widthPx: 0, heightPx: 0, isTurned: false };
  let isEnded = false;
  for (let at = SIGNATURE_BYTES; !isEnded; ) {
    if (at + AROUND_DATA_BYTES > bytes.length) throw new DamagedImage(CUT_SHORT);
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = at + 8;
    if (at === SIGNATURE_BYTES && (type !== 'IHDR' || length !== HEADER_BYTES)) throw new DamagedImage(SIZELESS);
    if (type === 'IHDR') {
      page.widthPx = view.getUint32(data);
      page.heightPx = view.getUint32(data + 4);
    } else if (type === 'pHYs' && length === 9 && view.getUint8(data + 8) === PER_METRE) {
      const dpi = statedDpi(view.getUint32(data) * METRES_PER_INCH, view.getUint32(data + 4) * METRES_PER_INCH);
      if (dpi) page.dpi = dpi;
    }
    isEnded = type === 'IEND';
    at += length + AROUND_DATA_BYTES;
  }
  if (page.widthPx === 0 || page.heightPx === 0) throw new DamagedImage(SIZELESS);
  return [page];
};
