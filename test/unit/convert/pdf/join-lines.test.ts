import { expect, test } from '@jest/globals';
import { collectVocabulary, joinPieces } from '../../../../functions/src/convert/pdf/join-lines.ts';

const joinLines = (lines: string[], words: typeof vocabulary): string => joinPieces(lines, words).join('');
const joinCellLines = (lines: string[], words: typeof vocabulary): string => joinPieces(lines, words, true).join('');

const vocabulary = collectVocabulary(['The harbour manual is well-known', 'and the har-', 'bour is recognized']);

test('Lines are joined by a space', () => {
  expect(joinLines(['The lamp', 'is lit'], vocabulary)).toBe('The lamp is lit');
});

test('A broken word is joined without its hyphen where the whole word stands elsewhere in the document', () => {
  expect(joinLines(['near the har-', 'bour wall'], vocabulary)).toBe('near the harbour wall');
});

test('A compound keeps its hyphen where it stands with one elsewhere', () => {
  expect(joinLines(['a well-', 'known lamp'], vocabulary)).toBe('a well-known lamp');
});

test('A hyphen is kept where what follows is a word of its own', () => {
  expect(joinLines(['a federally-', 'recognized lamp'], vocabulary)).toBe('a federally-recognized lamp');
});

test('A hyphen before a capital letter or a number is kept', () => {
  expect(joinLines(['Circular A-', '76 applies'], vocabulary)).toBe('Circular A-76 applies');
  expect(joinLines(['the North-', 'South line'], vocabulary)).toBe('the North-South line');
});

test('A hyphen in an address is kept', () => {
  expect(joinLines(['see port.example/lamp-', 'list'], vocabulary)).toBe('see port.example/lamp-list');
});

test('In a document that never breaks words, every hyphen is kept', () => {
  const plain = collectVocabulary(['a user-', 'centred plan']);
  expect(joinLines(['a user-', 'centred plan'], plain)).toBe('a user-centred plan');
});

test('An ending that is no word shows that the document breaks words, even where none stands whole elsewhere', () => {
  const broken = collectVocabulary(['it was previ-', 'ously lit']);
  expect(joinLines(['it was previ-', 'ously lit'], broken)).toBe('it was previously lit');
  const compound = collectVocabulary(['a high-', 'speed line and a cost-', 'sharing plan']);
  expect(joinLines(['a high-', 'speed line'], compound)).toBe('a high-speed line');
});

test('In a narrow cell, a last letter or a full stop that stands alone goes to its word, and capitals are put together like small letters', () => {
  expect(joinCellLines(['Genera', 'l'], vocabulary)).toBe('General');
  expect(joinCellLines(['Lamp No', '. 7'], vocabulary)).toBe('Lamp No. 7');
  expect(joinCellLines(['HAR', 'BOUR LIST'], vocabulary)).toBe('HARBOUR LIST');
  expect(joinCellLines(['OIL', 'ON LOAN'], vocabulary)).toBe('OIL ON LOAN');
  expect(joinCellLines(['half of', 'a lamp'], vocabulary)).toBe('half of a lamp');
});

test('In a narrow cell, a word that is cut in two becomes whole where it stands whole elsewhere', () => {
  expect(joinCellLines(['har', 'bour list'], vocabulary)).toBe('harbour list');
  expect(joinCellLines(['77.', '2'], vocabulary)).toBe('77.2');
});

test('In a cell, two words and a numbered line stay apart', () => {
  expect(joinCellLines(['the', 'manual'], vocabulary)).toBe('the manual');
  expect(joinCellLines(['1.', '693 lamps'], vocabulary)).toBe('1. 693 lamps');
});

test('The halves of a cut word are no words, however often the cell comes back; words that stand amid lines are', () => {
  const words = collectVocabulary([
    'The keeper is a member of',
    'memb',
    'er',
    'memb',
    'er',
    'put it in put in a place',
    'input',
  ]);
  expect(joinCellLines(['memb', 'er 1'], words)).toBe('member 1');
  expect(joinCellLines(['in', 'put'], words)).toBe('in put');
});

test('A hyphen that only ends of lines have comes from the program that broke the words, and goes', () => {
  const words = collectVocabulary(['The harbour is well-known', 'for its light‐', 'house']);
  expect(joinLines(['near the light‐', 'house wall'], words)).toBe('near the lighthouse wall');
  expect(joinLines(['a well‐', 'known lamp'], words)).toBe('a well‐known lamp');
  expect(joinLines(['all non‐', 'Federal lamps'], words)).toBe('all non‐Federal lamps');
});

test('Where the author’s hyphens are of the same kind, one at the end of a line is kept', () => {
  const words = collectVocabulary(['The harbour is state‐owned', 'for its light‐', 'house']);
  expect(joinLines(['a lamp‐', 'house wall'], words)).toBe('a lamp‐house wall');
});
