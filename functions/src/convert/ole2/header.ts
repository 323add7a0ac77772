/** The header and the file allocation table: which sector follows which ([MS-CFB] 2.2–2.5). */

export type Damaged = (problem: string) => Error;

export interface Sectors {
  /** First sector of the directory. */
  directoryStart: number;
  /** Streams below this size stand in the mini stream. */
  miniCutoff: number;
  /** Sizes have 64 bits in version 4 only. */
  version: number;
  /** The sectors of a chain, joined; `sizeBytes` cuts the last one, without it the whole chain is meant. */
  chain(start: number, sizeBytes?: number): Uint8Array;
  /** The same inside `miniStream`. */
  miniChain(miniStream: Uint8Array, start: number, sizeBytes: number): Uint8Array;
}

const HEADER_BYTES = 512;
const HEADER_DIFAT_ENTRIES = 109;
const MINI_SECTOR_BYTES = 64;
/** From here on a sector number is a mark: DIFSECT, FATSECT, ENDOFCHAIN, FREESECT. */
const FIRST_MARK = 0xfffffffa;
const SIGNATURE = [0xe011cfd0, 0xe11ab1a1];

export const readHeader = (bytes: Uint8Array, damaged: Damaged): Sectors => {
  if (bytes.length < HEADER_BYTES) throw damaged('its header is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (offset: number) => view.getUint32(offset, true);
  if (number(0) !== SIGNATURE[0] || number(4) !== SIGNATURE[1]) throw damaged('it has no header of a compound file');
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) throw damaged('its sectors have a size that does not exist');
  const sectorBytes = 1 << shift;
  const sectorCount = Math.max(0, Math.ceil(bytes.length / sectorBytes) - 1);
  /** The last sector may be short: not every program pads it. */
  const sector = (index: number): Uint8Array => {
    if (index >= sectorCount) throw damaged('a part of it lies behind its end');
    return bytes.subarray((index + 1) * sectorBytes, (index + 2) * sectorBytes);
  };
  const readChain = (table: Uint32Array, start: number, most: number): number[] => {
    const found: number[] = [];
    for (let at = start; at < FIRST_MARK && found.length < most; at = table[at] ?? FIRST_MARK) found.push(at);
    return found;
  };
  const fat = readTable(fatSectors(view, sectorCount, sectorBytes, sector, damaged).map(sector));
  const chain = (start: number, sizeBytes?: number): Uint8Array => {
    const wanted = sizeBytes === undefined ? sectorCount : Math.ceil(sizeBytes / sectorBytes);
    if (wanted > sectorCount) throw damaged('a part of it is larger than the file');
    const found = readChain(fat, start, wanted);
    return joinPieces(found.map(sector), sizeBytes, damaged);
  };
  let miniFat: Uint32Array | undefined;
  return {
    directoryStart: number(48),
    miniCutoff: number(56),
    version: view.getUint16(26, true),
    chain,
    miniChain: (miniStream, start, sizeBytes) => {
      miniFat ??= readTable([chain(number(60))]);
      const wanted = Math.ceil(sizeBytes / MINI_SECTOR_BYTES);
      const found = readChain(miniFat, start, wanted);
      const pieces = found.map((index) =>
        miniStream.subarray(index * MINI_SECTOR_BYTES, (index + 1) * MINI_SECTOR_BYTES),
      );
      return joinPieces(pieces, sizeBytes, damaged);
    },
  };
};

/** Where the FAT stands: 109 numbers in the header, the rest in a chain of sectors of their own. */
const fatSectors = (
  view: DataView,
  sectorCount: number,
  sectorBytes: number,
  sector: (index: number) => Uint8Array,
  damaged: Damaged,
): number[] => {
  const count = view.getUint32(44, true);
  if (count > sectorCount) throw damaged('its allocation table is larger than the file');
  const found: number[] = [];
  for (let index = 0; index < Math.min(count, HEADER_DIFAT_ENTRIES); index++) {
    found.push(view.getUint32(76 + index * 4, true));
  }
  const perSector = sectorBytes / 4 - 1;
  let next = view.getUint32(68, true);
  while (found.length < count) {
    if (next >= FIRST_MARK) throw damaged('its allocation table is not all there');
    const numbers = readTable([sector(next)]);
    found.push(...numbers.subarray(0, Math.min(perSector, count - found.length)));
    next = numbers[perSector] ?? FIRST_MARK;
  }
  return found;
};

const readTable = (pieces: readonly Uint8Array[]): Uint32Array => {
  const table = new Uint32Array(pieces.reduce((sum, piece) => sum + Math.floor(piece.length / 4), 0));
  let at = 0;
  for (const piece of pieces) {
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let offset = 0; offset + 4 <= piece.length; offset += 4) table[at++] = view.getUint32(offset, true);
  }
  return table;
};

const joinPieces = (pieces: readonly Uint8Array[], sizeBytes: number | undefined, damaged: Damaged): Uint8Array => {
  const there = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (sizeBytes !== undefined && there < sizeBytes) throw damaged('a part of it ends too early');
  const joined = new Uint8Array(sizeBytes ?? there);
  let at = 0;
  for (const piece of pieces) {
    const fitting = piece.subarray(0, joined.length - at);
    joined.set(fitting, at);
    at += fitting.length;
  }
  return joined;
};
