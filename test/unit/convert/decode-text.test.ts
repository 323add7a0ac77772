import { expect, test } from '@jest/globals';
import { decodeText } from '../../../functions/src/convert/decode-text.ts';

const decode = (...bytes: number[]) => decodeText(Uint8Array.from(bytes), 'a.txt');

test.each([
  ['UTF-8', [0x63, 0xc3, 0xa9]],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x63, 0xc3, 0xa9]],
  ['UTF-16 little endian', [0xff, 0xfe, 0x63, 0, 0xe9, 0]],
  ['UTF-16 big endian', [0xfe, 0xff, 0, 0x63, 0, 0xe9]],
])('%s is decoded without a message, the mark dropped', (_, bytes) => {
  expect(decode(...bytes)).toEqual({ text: 'cé', messages: [] });
});

test('Other bytes are read as windows-1252, and a message says that this is a guess', () => {
  const { text, messages } = decode(0x93, 0x63, 0xe9, 0x94);
  expect(text).toBe('“cé”');
  expect(messages.map(({ code }) => code)).toEqual(['TEXT_ENCODING_GUESSED']);
});

test('Text with NUL characters is refused', () => {
  expect(() => decode(0x61, 0, 0x62)).toThrow(expect.objectContaining({ reason: 'FORMAT_UNSUPPORTED' }));
});
