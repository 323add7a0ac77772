/** Image files as far as their headers go, written byte by byte; what is in the picture nobody looks at. */

const bytesOf = (...parts: (string | readonly number[] | Uint8Array)[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
  );

const short = (value: number): number[] => [value >> 8, value & 0xff];
const long = (value: number): number[] => [...short(value >>> 16), ...short(value & 0xffff)];

/** A chunk with a wrong checksum. */
const pngChunk = (type: string, data: readonly number[]): Uint8Array =>
  bytesOf(long(data.length), type, data, [0, 0, 0, 0]);

export const pngFile = ({ width = 1700, height = 2200, perMetre = 0 }): Uint8Array =>
  bytesOf(
    '\x89PNG\r\n\x1a\n',
    pngChunk('IHDR', [...long(width), ...long(height), 8, 0, 0, 0, 0]),
    perMetre > 0 ? pngChunk('pHYs', [...long(perMetre), ...long(perMetre), 1]) : [],
    pngChunk('IDAT', [1, 2, 3]),
    pngChunk('IEND', []),
  );

/** A directory at `at`, big-endian; entries of [tag, type (3 short, 4 long, 5 rational), value]. */
const directory = (at: number, entries: readonly (readonly [number, 3 | 4 | 5, number])[], next: number): number[] => {
  const rationals: number[] = [];
  const end = at + 2 + entries.length * 12 + 4;
  const fields = entries.flatMap(([tag, type, value]) => {
    const inline = type === 3 ? [...short(value), 0, 0] : long(type === 4 ? value : end + rationals.length);
    if (type === 5) rationals.push(...long(value * 100), ...long(100));
    return [...short(tag), ...short(type), ...long(1), ...inline];
  });
  return [...short(entries.length), ...fields, ...long(next), ...rationals];
};

const segment = (code: number, data: Uint8Array): Uint8Array => bytesOf([0xff, code], short(data.length + 2), data);

export interface JpegOptions {
  width?: number;
  height?: number;
  /** In the JFIF header. */
  dpi?: number;
  exif?: { dpi: number; orientation: number };
}

export const jpegFile = ({ width = 1700, height = 2200, dpi, exif }: JpegOptions): Uint8Array => {
  const camera = exif
    ? bytesOf(
        'Exif\0\0MM\0*',
        long(8),
        directory(
          8,
          [
            [274, 3, exif.orientation],
            [282, 5, exif.dpi],
            [283, 5, exif.dpi],
            [296, 3, 2],
          ],
          0,
        ),
        // The end of a thumbnail is not the end of the picture.
        [0xff, 0xd9],
      )
    : undefined;
  return bytesOf(
    [0xff, 0xd8],
    dpi === undefined ? [] : segment(0xe0, bytesOf('JFIF\0', [1, 1, 1], short(dpi), short(dpi), [0, 0])),
    camera ? segment(0xe1, camera) : [],
    segment(0xc4, bytesOf([0, 0])),
    segment(0xc2, bytesOf([8], short(height), short(width), [1, 1, 0x11, 0])),
    segment(0xda, bytesOf([1, 1, 0, 0, 63, 0])),
    [1, 2, 3],
    [0xff, 0xd9],
  );
};

export interface TiffPage {
  width: number;
  height: number;
  dpi?: number;
  orientation?: number;
}

const PICTURE_BYTES = 8;

/** Big-endian; each page a directory and after it eight bytes of picture, all of its number (from 1). */
export const tiffFile = (pages: readonly TiffPage[]): Uint8Array => {
  let file: number[] = [0x4d, 0x4d, 0, 42, ...long(8)];
  pages.forEach(({ width, height, dpi = 0, orientation = 1 }, index) => {
    const entries = (picture: number): (readonly [number, 3 | 4 | 5, number])[] => [
      [256, 4, width],
      [257, 4, height],
      [273, 4, picture],
      [274, 3, orientation],
      [279, 4, PICTURE_BYTES],
      ...(dpi > 0
        ? ([
            [282, 5, dpi],
            [283, 5, dpi],
          ] as const)
        : []),
    ];
    const picture = file.length + directory(file.length, entries(0), 0).length;
    const next = index === pages.length - 1 ? 0 : picture + PICTURE_BYTES;
    file = [...file, ...directory(file.length, entries(picture), next), ...Array(PICTURE_BYTES).fill(index + 1)];
  });
  return Uint8Array.from(file);
};
