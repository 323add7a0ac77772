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

test.each([
  ['UTF-16 little endian', [0x63, 0, 0xe9, 0, 0x0a, 0]],
  ['UTF-16 big endian', [0, 0x63, 0, 0xe9, 0, 0x0a]],
  ['UTF-32 little endian', [0x63, 0, 0, 0, 0xe9, 0, 0, 0, 0x0a, 0, 0, 0]],
  ['UTF-32 big endian', [0, 0, 0, 0x63, 0, 0, 0, 0xe9, 0, 0, 0, 0x0a]],
])('%s is known by its NUL bytes where it has no mark', (_, bytes) => {
  expect(decode(...bytes)).toEqual({ text: 'cé\n', messages: [] });
});

test.each([
  ['UTF-32 little endian', [0xff, 0xfe, 0, 0, 0x63, 0, 0, 0, 0x42, 0xf4, 0x01, 0]],
  ['UTF-32 big endian', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x63, 0, 0x01, 0xf4, 0x42]],
])('%s is known by its mark, which is dropped', (_, bytes) => {
  expect(decode(...bytes)).toEqual({ text: 'c\u{1f442}', messages: [] });
});

test('A declared encoding is believed unless the bytes are UTF-8, or it is none', () => {
  const named = (encoding: string, ...bytes: number[]) => decodeText(Uint8Array.from(bytes), 'a.html', encoding);
  expect(named('koi8-r', 0xc4, 0xc1)).toEqual({ text: 'да', messages: [] });
  expect(named('koi8-r', 0xc3, 0xa9)).toEqual({ text: 'é', messages: [] });
  expect(named('no-such-thing', 0x63, 0xe9).text).toBe('cé');
});

test('Japanese in escape sequences is read as such', () => {
  expect(decode(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42, 0x21)).toEqual({ text: '日!', messages: [] });
});

/** The bytes of a text in an encoding that a TextDecoder knows and a TextEncoder does not, found by decoding every character it has. */
const encode = (text: string, encoding: string): Uint8Array => {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number[]>();
  const isWide = /jis|gb|big5|euc/.test(encoding);
  for (let high = 0; high < 256; high++) {
    codes.set(decoder.decode(Uint8Array.of(high)), [high]);
    if (!isWide || high < 0x81) continue;
    for (let low = 0x40; low < 0xff; low++) codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  }
  return Uint8Array.from([...text].flatMap((letter) => codes.get(letter) ?? []));
};

test.each([
  ['windows-1252', 'Größe und Übergabe – “façade”'],
  ['windows-1250', 'Wykonawca zapłaci karę. Żółć, źdźbło, gęś.'],
  ['windows-1254', 'Güçlü şirketler çağrıya katılır.'],
  ['windows-1251', 'Срок выполнения работ составляет тридцать дней.'],
  ['koi8-r', 'Срок выполнения работ составляет тридцать дней.'],
  ['ibm866', 'Срок выполнения работ составляет тридцать дней.'],
  ['windows-1253', 'Η σύμβαση ισχύει για τρία χρόνια.'],
  ['windows-1255', 'החוזה נחתם בין הצדדים'],
  ['windows-1256', 'تم توقيع العقد بين الطرفين'],
  ['shift_jis', 'この契約は、三十日以内とし、検収後に支払う。'],
  ['euc-jp', 'この契約は、三十日以内とし、検収後に支払う。'],
  ['gb18030', '工程期限为三十天，甲方应当支付全部款项。'],
  ['big5', '工程期限為三十天，甲方應當支付全部款項。'],
  ['euc-kr', '이 계약은 삼십 일 이내에 대금을 지급하여야 한다.'],
])('Text in %s is known by its letters, and a message says that this is a guess', (encoding, text) => {
  const found = decodeText(encode(text, encoding), 'a.txt');
  expect(found.text).toBe(text);
  expect(found.messages.map((message) => [message.code, message.text.includes(encoding)])).toEqual([
    ['TEXT_ENCODING_GUESSED', true],
  ]);
});

test('Other bytes are read as windows-1252, and a message says that this is a guess', () => {
  const { text, messages } = decode(0x93, 0x63, 0xe9, 0x94);
  expect(text).toBe('“cé”');
  expect(messages.map(({ code }) => code)).toEqual(['TEXT_ENCODING_GUESSED']);
});

test('Text with NUL characters is refused', () => {
  expect(() => decode(0x61, 0, 0x62)).toThrow(expect.objectContaining({ reason: 'FORMAT_UNSUPPORTED' }));
});
