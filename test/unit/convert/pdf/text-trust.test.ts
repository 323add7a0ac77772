import { describe, expect, test } from '@jest/globals';
import { distrustOf, isGarbled } from '../../../../functions/src/convert/pdf/text-trust.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

const PROSE = `The keeper trims the wick of each lamp at dawn and reports every outage to the harbour office within two hours of noticing
it, by telephone first and then in writing. Spare parts for the lamps are kept dry in the store below the stairs, and the list of what
is there is renewed on the first day of each month. Boats that bring oil are unloaded by two people.`;

/** Letters as the numbers of their glyphs in a font that keeps the usual order without its first 29 codes. */
const asGlyphNumbers = (text: string): string =>
  [...text].map((letter) => (letter > ' ' ? String.fromCharCode(letter.charCodeAt(0) - 29) : ' ')).join('');

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
const exchanged = (text: string, alphabet: string): string =>
  text.toLowerCase().replace(/[a-z]/g, (letter) => alphabet[ALPHABET.indexOf(letter)] ?? letter);

describe('A text is garbled when its letters stand for others:', () => {
  test.each([
    ['numbers of glyphs', asGlyphNumbers(PROSE)],
    ['an alphabet that is shifted', exchanged(PROSE, 'defghijklmnopqrstuvwxyzabc')],
    ['an alphabet in another order', exchanged(PROSE, 'qzjxkvbpygfwmucldrhsnioate')],
  ])('%s', (_, text) => {
    expect(isGarbled(text)).toBe(true);
  });
});

const partNumbers = Array.from({ length: 80 }, (_, index) => `NSN-${5900 + index}-QX${index}ZK-${index * 37}`).join(
  ' ',
);
const plainCodes = Array.from({ length: 70 }, (_, row) =>
  Array.from({ length: 6 }, (_, at) => String.fromCharCode(65 + ((row * 17 + at * 11 + row * at * 5) % 26))).join(''),
).join(' ');

describe('A text is not garbled because it', () => {
  test.each([
    ['is English', PROSE],
    ['is in capitals', PROSE.toUpperCase()],
    ['is short', asGlyphNumbers(PROSE.slice(0, 150))],
    ['holds part numbers', partNumbers],
    ['holds codes of letters alone', plainCodes],
    ['holds figures', Array.from({ length: 300 }, (_, index) => `${index * 991}.00`).join(' ')],
    [
      'holds acronyms',
      Array.from({ length: 60 }, () => 'FMCSA DCMA HQ FAR DFARS CDRL GFE PWS QASP CLIN SLIN NTE').join(' '),
    ],
    [
      'is German',
      'Der Wärter putzt jeden Morgen die Lampen des Leuchtturms und meldet jeden Ausfall binnen zwei Stunden dem Hafenamt, zuerst fernmündlich und danach schriftlich. Ersatzteile liegen trocken im Lager unter der Treppe, und die Liste darüber wird an jedem ersten Tag des Monats erneuert.',
    ],
    [
      'is Polish',
      'Latarnik czyści każdego ranka lampy i zgłasza każdą awarię w ciągu dwóch godzin do kapitanatu portu, najpierw telefonicznie, a potem na piśmie. Części zamienne leżą w suchym magazynie pod schodami, a ich spis odnawia się pierwszego dnia każdego miesiąca przez dwie osoby.',
    ],
    [
      'is Finnish',
      'Majakanvartija puhdistaa lamput joka aamu ja ilmoittaa jokaisesta viasta satamatoimistoon kahden tunnin kuluessa, ensin puhelimitse ja sitten kirjallisesti. Varaosat pidetään kuivassa varastossa portaiden alla, ja luettelo niistä uusitaan kuukauden ensimmäisenä päivänä.',
    ],
    ['is in another script', 'Смотритель маяка каждое утро чистит лампы и сообщает о каждой поломке. '.repeat(6)],
  ])('%s', (_, text) => {
    expect(isGarbled(text)).toBe(false);
  });
});

describe('The text layer of a page', () => {
  const pageWith = (text: string, textLayer: { characters: number; unmapped: number; onPicture: number }) => ({
    ...pageOf(1, [segmentOf(text, 72, 100)]),
    textLayer,
  });

  test('is trusted when only a few of its letters have no meaning', () => {
    expect(distrustOf(pageWith(PROSE, { characters: 100, unmapped: 20, onPicture: 0 }))).toBeUndefined();
  });

  test('is not trusted when many of its letters have no meaning', () => {
    expect(distrustOf(pageWith(PROSE, { characters: 100, unmapped: 40, onPicture: 0 }))).toBe('unmapped');
  });

  test('is not trusted when what was recognised on its picture is noise', () => {
    const noise = '~.. ,i|1: ;;-= _.^ |l!I ..,:;'.repeat(10);
    expect(distrustOf(pageWith(noise, { characters: 250, unmapped: 0, onPicture: 250 }))).toBe('noise');
    expect(distrustOf(pageWith(noise, { characters: 250, unmapped: 0, onPicture: 0 }))).toBeUndefined();
  });

  test('is trusted when what was recognised on its picture are words', () => {
    expect(distrustOf(pageWith(PROSE, { characters: 300, unmapped: 0, onPicture: 300 }))).toBeUndefined();
  });

  test('of a page that was itself recognised is not judged', () => {
    expect(distrustOf(pageOf(1, [segmentOf(asGlyphNumbers(PROSE), 72, 100)]))).toBeUndefined();
  });
});
