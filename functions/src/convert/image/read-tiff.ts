/** The pages of a TIFF file, one for each image directory; and some of them as a file of their own. */
import { CUT_SHORT, DamagedImage, type ImagePage, SIZELESS } from './image-page.ts';
import { openTiff, readPlacement, type TiffDirectory } from './tiff-directory.ts';

const WIDTH = 256;
const HEIGHT = 257;
/** Offsets and lengths of the picture's parts: strips, or tiles. */
const PARTS = [
  { offsets: 273, lengths: 279 },
  { offsets: 324, lengths: 325 },
] as const;
const FIRST_LINK_AT = 4;

interface PlacedDirectory {
  at: number;
  directory: TiffDirectory;
}

const directoriesOf = (bytes: Uint8Array): PlacedDirectory[] => {
  const { first, directoryAt } = openTiff(bytes);
  const found = new Map<number, PlacedDirectory>();
  for (let at = first; at !== 0; ) {
    if (found.has(at)) throw new DamagedImage('its list of pages has no end');
    const directory = directoryAt(at);
    found.set(at, { at, directory });
    at = directory.next;
  }
  if (found.size === 0) throw new DamagedImage('it holds no pages');
  return [...found.values()];
};

const toPage = (directory: TiffDirectory, sizeBytes: number): ImagePage => {
  const [widthPx = 0] = directory.values(WIDTH);
  const [heightPx = 0] = directory.values(HEIGHT);
  if (widthPx === 0 || heightPx === 0) throw new DamagedImage(SIZELESS);
  for (const { offsets, lengths } of PARTS) {
    const sizes = directory.values(lengths);
    const isOutside = (offset: number, index: number): boolean => offset + (sizes[index] ?? 0) > sizeBytes;
    if (directory.values(offsets).some(isOutside)) throw new DamagedImage(CUT_SHORT);
  }
  return { widthPx, heightPx, ...readPlacement(directory) };
};

/** @throws DamagedImage, or a RangeError where the bytes end too early. */
export const readTiff = (bytes: Uint8Array): ImagePage[] =>
  directoriesOf(bytes).map(({ directory }) => toPage(directory, bytes.length));

/**
 * These pages (1-based, each once) in this order. The directories are chained anew and all else stays where it is, so that no offset in the file has to be
 * understood; the other pages' bytes are still there, and nothing leads to them.
 */
export const selectTiffPages = (bytes: Uint8Array, pageNumbers: readonly number[]): Uint8Array => {
  const directories = directoriesOf(bytes);
  const chosen = pageNumbers.flatMap((pageNumber) => directories[pageNumber - 1] ?? []);
  const result = new Uint8Array(bytes);
  const view = new DataView(result.buffer);
  const isLittle = bytes[0] === 0x49;
  const links = [FIRST_LINK_AT, ...chosen.map(({ directory }) => directory.linkAt)];
  links.forEach((linkAt, index) => {
    view.setUint32(linkAt, chosen[index]?.at ?? 0, isLittle);
  });
  return result;
};
