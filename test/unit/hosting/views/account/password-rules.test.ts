import { expect, test } from '@jest/globals';
import { openRules } from '../../../../../hosting/src/views/account/password-rules.ts';

test.each([
  ['', ['length', 'lower', 'upper', 'digit', 'symbol']],
  ['Correct-Hors9', []],
  ['Correct-Ho9', ['length']],
  ['correct-horse9', ['upper']],
  ['CORRECT-HORSE9', ['lower']],
  ['Correct-Horse-', ['digit']],
  ['CorrectHorse99', ['symbol']],
])('%j still needs %j', (password, open) => {
  expect(openRules(password)).toEqual(open);
});

test('letters, digits and symbols of any script count', () => {
  expect(openRules('Größe-über-٣٣')).toEqual([]);
});

test('a space is no symbol, but may stand in a password', () => {
  expect(openRules('Correct Horse 9')).toEqual(['symbol']);
  expect(openRules('Correct Horse 9!')).toEqual([]);
});

test('length is counted in characters, not in code units', () => {
  expect(openRules('Aa1!😀😀😀😀')).toEqual(['length']);
});
