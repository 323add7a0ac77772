import { expect, test } from '@jest/globals';
import { didYouMean } from '../../../../scripts/cli/did-you-mean.ts';

test('A slip of the finger finds the word', () => {
  expect(didYouMean('anaylze', ['convert', 'analyze'])).toBe(' Did you mean analyze?');
});

test('The beginning of one word is enough', () => {
  expect(didYouMean('--man', ['--manifest', '--json'])).toBe(' Did you mean --manifest?');
});

test('Nothing is suggested for a word that is far from all', () => {
  expect(didYouMean('banana', ['convert', 'analyze'])).toBe('');
});
