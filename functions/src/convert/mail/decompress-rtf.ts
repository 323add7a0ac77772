/** Compressed RTF ([MS-OXRTFCP]): LZ77 over a ring of 4,096 bytes that begins with the usual words of an RTF file. */

const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const HEADER_BYTES = 16;
const RING_BYTES = 4096;
const FIRST_RING = [
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor ',
  'MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n',
  '\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
].join('');

/** As far as it can be read: what is cut short or damaged ends early. Undefined if it is no compressed RTF. */
export const decompressRtf = (bytes: Uint8Array): Uint8Array | undefined => {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rawBytes = view.getUint32(4, true);
  const content = bytes.subarray(HEADER_BYTES);
  switch (view.getUint32(8, true)) {
    case UNCOMPRESSED:
      return content.subarray(0, rawBytes);
    case COMPRESSED:
      return inflate(content, rawBytes);
    default:
      return undefined;
  }
};

/** Two bytes give at most 17, so that the size which the file claims can be far too large. */
const MOST_FROM_A_BYTE = 9;

const inflate = (content: Uint8Array, rawBytes: number): Uint8Array => {
  const out = new Uint8Array(Math.min(rawBytes, content.length * MOST_FROM_A_BYTE));
  const ring = new Uint8Array(RING_BYTES);
  for (let i = 0; i < FIRST_RING.length; i++) ring[i] = FIRST_RING.charCodeAt(i);
  let ringAt = FIRST_RING.length;
  let length = 0;
  const put = (byte: number): void => {
    if (length < out.length) out[length] = byte;
    length += 1;
    ring[ringAt] = byte;
    ringAt = (ringAt + 1) % RING_BYTES;
  };
  let at = 0;
  while (at < content.length && length < out.length) {
    const flags = content[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < content.length && length < out.length; bit++) {
      if ((flags & (1 << bit)) === 0) {
        put(content[at++] ?? 0);
        continue;
      }
      const reference = ((content[at] ?? 0) << 8) | (content[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      // A reference to the place that is written next is the end.
      if (from === ringAt) return out.subarray(0, length);
      const count = (reference & 0xf) + 2;
      for (let i = 0; i < count; i++) put(ring[(from + i) % RING_BYTES] ?? 0);
    }
  }
  return out.subarray(0, Math.min(length, out.length));
};
