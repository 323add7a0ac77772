/** The size of a JPEG picture, from the segments before its data (https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B). */
import { CUT_SHORT, DamagedImage, type ImagePage, SIZELESS, statedDpi } from './image-page.ts';
import { openTiff, readPlacement } from './tiff-directory.ts';

const MARK = 0xff;
const APP0 = 0xe0;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** C4, C8 and CC among them are tables and a reserved code. */
const FRAMES = { first: 0xc0, last: 0xcf, not: new Set([0xc4, 0xc8, 0xcc]) } as const;
const PER_INCH = 1;
const PER_CENTIMETRE = 2;
const CENTIMETRES_PER_INCH = 2.54;

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const readJfif = (data: Uint8Array): Partial<ImagePage> => {
  if (latin1(data.subarray(0, 5)) !== 'JFIF\0' || data.length < 12) return {};
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const unit = view.getUint8(7);
  if (unit !== PER_INCH && unit !== PER_CENTIMETRE) return {};
  const perInch = unit === PER_CENTIMETRE ? CENTIMETRES_PER_INCH : 1;
  const dpi = statedDpi(view.getUint16(8) * perInch, view.getUint16(10) * perInch);
  return dpi ? { dpi } : {};
};

/** What a camera says beside the picture is no reason to refuse it. */
const readExif = (data: Uint8Array): Partial<ImagePage> => {
  if (latin1(data.subarray(0, 6)) !== 'Exif\0\0') return {};
  try {
    const { first, directoryAt } = openTiff(data.subarray(6));
    return readPlacement(directoryAt(first));
  } catch (thrown) {
    if (thrown instanceof RangeError) return {};
    throw thrown;
  }
};

const hasEndAfter = (bytes: Uint8Array, from: number): boolean => {
  for (let at = bytes.length - 2; at >= from; at--)
    if (bytes[at] === MARK && bytes[at + 1] === END_OF_IMAGE) return true;
  return false;
};

const isFrame = (code: number): boolean => code >= FRAMES.first && code <= FRAMES.last && !FRAMES.not.has(code);

/** @throws DamagedImage, or a RangeError where the bytes end too early. */
export const readJpeg = (bytes: Uint8Array): ImagePage[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let page: ImagePage = { widthPx: 0, heightPx: 0, isTurned: false };
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== MARK) throw new DamagedImage('its header cannot be read');
    const code = view.getUint8(at + 1);
    if (code === MARK) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    const data = bytes.subarray(at + 4, at + 2 + length);
    if (isFrame(code)) page = { ...page, heightPx: view.getUint16(at + 5), widthPx: view.getUint16(at + 7) };
    else if (code === APP0) page = { ...page, ...readJfif(data) };
    else if (code === APP1) page = { ...page, ...readExif(data) };
    at += 2 + length;
    if (code === START_OF_SCAN) {
      if (page.widthPx === 0 || page.heightPx === 0) throw new DamagedImage(SIZELESS);
      if (!hasEndAfter(bytes, at)) throw new DamagedImage(CUT_SHORT);
      return [page];
    }
  }
};
