/** Small Outlook messages for tests: a compound file ([MS-CFB]) whose streams all stand in sectors of their own. */

type Storage = { [name: string]: Uint8Array | Storage };

const SECTOR = 512;
const END = 0xfffffffe;
const NONE = 0xffffffff;
const FAT_SECTORS = 8;

interface Node {
  name: string;
  bytes?: Uint8Array;
  children: Node[];
  next: number;
  index: number;
}

const sectorsFor = (sizeBytes: number): number => Math.ceil(sizeBytes / SECTOR);

export const buildOle2 = (root: Storage): Uint8Array => {
  const nodes: Node[] = [];
  const add = (name: string, content: Uint8Array | Storage): Node => {
    const node: Node = { name, children: [], next: NONE, index: nodes.length };
    nodes.push(node);
    if (content instanceof Uint8Array) return Object.assign(node, { bytes: content });
    node.children = Object.entries(content).map(([inner, value]) => add(inner, value));
    node.children.forEach((child, at) => {
      child.next = node.children[at + 1]?.index ?? NONE;
    });
    return node;
  };
  add('Root Entry', root);
  const fat = new Uint32Array((FAT_SECTORS * SECTOR) / 4).fill(NONE);
  let used = 0;
  const claim = (count: number): number => {
    const start = used;
    for (let i = 0; i < count; i++) fat[used++] = i === count - 1 ? END : used;
    return count === 0 ? END : start;
  };
  claim(FAT_SECTORS);
  const directoryStart = claim(sectorsFor(nodes.length * 128));
  const starts = nodes.map(({ bytes }) => claim(sectorsFor(bytes?.length ?? 0)));
  const file = new Uint8Array((used + 1) * SECTOR);
  const view = new DataView(file.buffer);
  const put = (at: number, value: number) => view.setUint32(at, value, true);
  put(0, 0xe011cfd0);
  put(4, 0xe11ab1a1);
  view.setUint16(24, 0x3e, true);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  put(44, FAT_SECTORS);
  put(48, directoryStart);
  put(56, 0);
  put(60, END);
  put(68, END);
  for (let i = 0; i < 109; i++) put(76 + i * 4, i < FAT_SECTORS ? i : NONE);
  fat.forEach((value, i) => {
    put(SECTOR + i * 4, value);
  });
  nodes.forEach(({ name, bytes, children, next, index }) => {
    const at = (directoryStart + 1) * SECTOR + index * 128;
    [...name].forEach((letter, i) => {
      view.setUint16(at + i * 2, letter.charCodeAt(0), true);
    });
    view.setUint16(at + 64, (name.length + 1) * 2, true);
    view.setUint8(at + 66, index === 0 ? 5 : bytes ? 2 : 1);
    put(at + 68, NONE);
    put(at + 72, next);
    put(at + 76, children[0]?.index ?? NONE);
    put(at + 116, starts[index] ?? END);
    put(at + 120, bytes?.length ?? 0);
    if (bytes) file.set(bytes, ((starts[index] ?? 0) + 1) * SECTOR);
  });
  return file;
};

export const utf16 = (text: string): Uint8Array =>
  new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

type Value = string | Uint8Array | number | bigint | Storage;

/** Properties by their four hexadecimal digits: text, bytes, a number, a FILETIME (bigint), or an embedded message. */
export const messageObject = (
  properties: Readonly<Record<string, Value>>,
  { headerBytes = 32, parts = {} }: { headerBytes?: number; parts?: Storage } = {},
): Storage => {
  const fixed: number[] = Array<number>(headerBytes).fill(0);
  const object: Storage = {};
  for (const [id, value] of Object.entries(properties)) {
    if (typeof value === 'string') object[`__substg1.0_${id}001F`] = utf16(value);
    else if (value instanceof Uint8Array) object[`__substg1.0_${id}0102`] = value;
    else if (typeof value === 'object') object[`__substg1.0_${id}000D`] = value;
    else {
      const entry = new DataView(new ArrayBuffer(16));
      entry.setUint16(0, typeof value === 'bigint' ? 0x40 : 3, true);
      entry.setUint16(2, Number.parseInt(id, 16), true);
      entry.setBigUint64(8, BigInt(value), true);
      fixed.push(...new Uint8Array(entry.buffer));
    }
  }
  return { '__properties_version1.0': Uint8Array.from(fixed), ...object, ...parts };
};

const numbered = (prefix: string, parts: readonly Readonly<Record<string, Value>>[]): Storage =>
  Object.fromEntries(
    parts.map((part, index) => [`${prefix}#0000000${index}`, messageObject(part, { headerBytes: 8 })]),
  );

export const recipients = (...parts: Readonly<Record<string, Value>>[]): Storage =>
  numbered('__recip_version1.0_', parts);
export const attached = (...parts: Readonly<Record<string, Value>>[]): Storage =>
  numbered('__attach_version1.0_', parts);

/** RTF as it was ([MS-OXRTFCP] "MELA"). */
export const storedRtf = (rtf: string): Uint8Array => {
  const bytes = new Uint8Array(16 + rtf.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, rtf.length + 12, true);
  view.setUint32(4, rtf.length, true);
  view.setUint32(8, 0x414c454d, true);
  bytes.set(bytesOf(rtf), 16);
  return bytes;
};
