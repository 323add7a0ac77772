import { expect, test } from '@jest/globals';
import { decompressRtf } from '../../../../functions/src/convert/mail/decompress-rtf.ts';

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** [MS-OXRTFCP] 3.1.1 and 3.1.2: the two examples of the specification. */
test('The examples of the specification unpack to what it says', () => {
  const simple = fromHex(
    '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
  );
  expect(text(decompressRtf(simple))).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  const crossing = fromHex('1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0');
  expect(text(decompressRtf(crossing))).toBe('{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}');
});

test('A size that the content cannot have is not believed', () => {
  const lying = fromHex('1a000000ffffff7f4c5a4675e2d44b51410004205758595a0d6e7d010eb0');
  expect(text(decompressRtf(lying))).toBe('{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}');
});

test('What is cut short ends early, and other bytes are no compressed RTF', () => {
  expect(text(decompressRtf(fromHex('1a0000001c0000004c5a4675e2d44b5141000420')))).toBe('{\\rtf1 ');
  expect(decompressRtf(fromHex('00'))).toBeUndefined();
  expect(decompressRtf(new Uint8Array(20))).toBeUndefined();
});
