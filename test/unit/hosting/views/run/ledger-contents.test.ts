import { expect, test } from '@jest/globals';
import type { LedgerFile, LedgerPart } from '../../../../../functions/src/contracts/ledger.ts';
import { contentsOf } from '../../../../../hosting/src/views/run/ledger-contents.ts';

const part = (pageNumber: number, inMatrix: number, excluded: number, unresolved: number): LedgerPart => ({
  documentId: 'a',
  pageNumber,
  label: String(pageNumber),
  charStart: 0,
  charEnd: 0,
  inMatrix,
  excluded,
  unresolved,
  hasText: true,
  unread: false,
});
const sentence = (text: string, at: number) => ({
  documentId: 'a',
  blockId: 'b',
  charStart: 0,
  charEnd: 1,
  text,
  part: at,
});
const file: LedgerFile = {
  documents: [{ documentId: 'a', conversionId: 'c', fileName: 'a.pdf', pageBasis: 'pdf', pages: 3 }],
  parts: [part(1, 5, 2, 0), part(2, 1, 1, 1), part(3, 0, 1, 0)],
  excluded: [
    { ...sentence('Contents', 0), reason: 'toc' },
    { ...sentence('Heading 1', 0), reason: 'heading' },
    { ...sentence('Heading 2', 1), reason: 'heading' },
    { ...sentence('Heading 3', 2), reason: 'heading' },
  ],
  unresolved: [sentence('Perhaps', 1)],
};
const texts = (sentences: readonly { text: string }[]) => sentences.map(({ text }) => text);

test('of the whole package every sentence is listed, the most frequent reason first', () => {
  const { inMatrix, unresolved, excluded, excludedCount, bar } = contentsOf(file, { kind: 'whole' });
  expect([inMatrix, texts(unresolved), excludedCount, bar]).toEqual([6, ['Perhaps'], 4, null]);
  expect(excluded.map(({ reason, sentences }) => [reason, texts(sentences)])).toEqual([
    ['heading', ['Heading 1', 'Heading 2', 'Heading 3']],
    ['toc', ['Contents']],
  ]);
});

test('of a bar only what stands in its parts is listed, and the lists are as long as its figures say', () => {
  const { inMatrix, unresolved, excluded, excludedCount, bar, documentId } = contentsOf(file, {
    kind: 'parts',
    first: 1,
    last: 2,
  });
  expect([inMatrix, texts(unresolved), excludedCount, documentId]).toEqual([1, ['Perhaps'], 2, 'a']);
  expect(excluded).toMatchObject([{ reason: 'heading', sentences: [{ text: 'Heading 2' }, { text: 'Heading 3' }] }]);
  expect(bar).toMatchObject({ name: 'Pages 2 to 3', unresolved: unresolved.length, excluded: excludedCount });
});
