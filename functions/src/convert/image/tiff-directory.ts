/** Image directories of TIFF 6.0, which EXIF uses too (https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf). */
import { type ImagePage, statedDpi } from './image-page.ts';

const ENTRY_BYTES = 12;
const INLINE_BYTES = 4;
/** By type: byte, short, long, rational. Others are not asked for. */
const VALUE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8 };
const RATIONAL = 5;

const TAG = { orientation: 274, xResolution: 282, yResolution: 283, resolutionUnit: 296 } as const;
const INCH = 2;
const CENTIMETRE = 3;
const CENTIMETRES_PER_INCH = 2.54;
/** From this orientation on, rows are shown as columns. */
const FIRST_TURNED = 5;
const LAST_TURNED = 8;

export interface TiffDirectory {
  /** All values of a tag; none when it is missing. */
  values(tag: number): number[];
  /** Where the place of the next directory is written. */
  linkAt: number;
  /** Place of the next directory; 0 after the last. */
  next: number;
}

export interface TiffReader {
  /** Place of the first directory. */
  first: number;
  directoryAt(offset: number): TiffDirectory;
}

/** All of its functions throw a RangeError where the bytes end too early. */
export const openTiff = (bytes: Uint8Array): TiffReader => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = view.getUint8(0) === 0x49;

  const valueAt = (at: number, type: number): number => {
    if (type === RATIONAL) return view.getUint32(at, isLittle) / view.getUint32(at + 4, isLittle);
    if (type === 1) return view.getUint8(at);
    return type === 3 ? view.getUint16(at, isLittle) : view.getUint32(at, isLittle);
  };

  const valuesOf = (entryAt: number): number[] => {
    const type = view.getUint16(entryAt + 2, isLittle);
    const count = view.getUint32(entryAt + 4, isLittle);
    const size = VALUE_BYTES[type];
    if (size === undefined) return [];
    const start = size * count <= INLINE_BYTES ? entryAt + 8 : view.getUint32(entryAt + 8, isLittle);
    if (start + size * count > bytes.length) throw new RangeError('A value lies outside of the file');
    return Array.from({ length: count }, (_, index) => valueAt(start + index * size, type));
  };

  return {
    first: view.getUint32(4, isLittle),
    directoryAt: (offset) => {
      const count = view.getUint16(offset, isLittle);
      const linkAt = offset + 2 + count * ENTRY_BYTES;
      const entries = new Map<number, number>();
      for (let at = offset + 2; at < linkAt; at += ENTRY_BYTES) entries.set(view.getUint16(at, isLittle), at);
      return {
        values: (tag) => {
          const at = entries.get(tag);
          return at === undefined ? [] : valuesOf(at);
        },
        linkAt,
        next: view.getUint32(linkAt, isLittle),
      };
    },
  };
};

/** Resolution and orientation, which an image file of any format may state in such a directory. */
export const readPlacement = ({ values }: TiffDirectory): Pick<ImagePage, 'dpi' | 'isTurned'> => {
  const [x = 0] = values(TAG.xResolution);
  const [y = x] = values(TAG.yResolution);
  const [unit = INCH] = values(TAG.resolutionUnit);
  const perInch = unit === CENTIMETRE ? CENTIMETRES_PER_INCH : 1;
  const dpi = unit === INCH || unit === CENTIMETRE ? statedDpi(x * perInch, y * perInch) : undefined;
  const [orientation = 1] = values(TAG.orientation);
  return { ...(dpi ? { dpi } : {}), isTurned: orientation >= FIRST_TURNED && orientation <= LAST_TURNED };
};
