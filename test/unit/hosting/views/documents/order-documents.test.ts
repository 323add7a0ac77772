import { describe, expect, test } from '@jest/globals';
import {
  ariaSortOf,
  type Listed,
  NEWEST_FIRST,
  nextOrder,
  orderDocuments,
  searchDocuments,
} from '../../../../../hosting/src/views/documents/order-documents.ts';

const listed = (fileName: string, { pages = 1, size = 1000, minute = 0, id = fileName } = {}): Listed => ({
  conversionId: id,
  fileName,
  createdAt: `2026-11-20T12:${String(minute).padStart(2, '0')}:00.000Z`,
  maxBytes: 1,
  source: { object: 'o', generation: '1', sizeBytes: size },
  result: {
    documentId: 'd',
    mediaType: 'application/pdf',
    engine: 'pdf',
    pages,
    blocks: 1,
    characters: 1,
    pagesWithoutText: [],
    warnings: 0,
    markdown: { object: 'm', generation: '1', sizeBytes: 1 },
    blockIndex: { object: 'b', generation: '1', sizeBytes: 1 },
  },
});

const namesOf = (documents: readonly Listed[]): string[] => documents.map(({ fileName }) => fileName);

describe('order of the documents', () => {
  test('names are ordered as people count: attachment 2 before attachment 10, whatever the case', () => {
    const documents = [listed('Attachment 10.pdf'), listed('attachment 2.pdf'), listed('Amendment.pdf')];
    expect(namesOf(orderDocuments(documents, { by: 'name', direction: 'up' }))).toEqual([
      'Amendment.pdf',
      'attachment 2.pdf',
      'Attachment 10.pdf',
    ]);
  });

  test('the newest stand first unless another order is asked for', () => {
    const documents = [listed('old', { minute: 1 }), listed('new', { minute: 3 }), listed('middle', { minute: 2 })];
    expect(namesOf(orderDocuments(documents, NEWEST_FIRST))).toEqual(['new', 'middle', 'old']);
    expect(namesOf(orderDocuments(documents, { by: 'uploaded', direction: 'up' }))).toEqual(['old', 'middle', 'new']);
  });

  test('by upload, what was in an archive follows it in its order, whichever was read first; by name it does not', () => {
    const inside = (name: string, minute: number, container: string) => ({
      ...listed(name, { minute }),
      container: { conversionId: container, depth: 1 },
    });
    const documents = [
      inside('note', 9, 'mail'),
      listed('newest', { minute: 5 }),
      inside('price', 4, 'package'),
      { ...inside('mail', 3, 'package'), children: ['note'] },
      { ...listed('package', { minute: 2 }), children: ['mail', 'price'] },
      listed('oldest', { minute: 1 }),
    ];
    const inPackage = ['package', 'mail', 'note', 'price'];
    expect(namesOf(orderDocuments(documents, NEWEST_FIRST))).toEqual(['newest', ...inPackage, 'oldest']);
    expect(namesOf(orderDocuments(documents, { by: 'uploaded', direction: 'up' }))).toEqual([
      'oldest',
      ...inPackage,
      'newest',
    ]);
    const byName = namesOf(orderDocuments(documents, { by: 'name', direction: 'up' }));
    expect(byName).toEqual([...byName].sort());
  });

  test('size is that of the file that arrived, and before that the announced one', () => {
    const { source: _arrived, ...awaited } = listed('awaited');
    const documents = [listed('small', { size: 10 }), { ...awaited, maxBytes: 20 }, listed('large', { size: 30 })];
    expect(namesOf(orderDocuments(documents, { by: 'size', direction: 'down' }))).toEqual([
      'large',
      'awaited',
      'small',
    ]);
  });

  test('what was not read yet counts as no page', () => {
    const { result: _read, ...unread } = listed('unread');
    const documents = [listed('long', { pages: 90 }), unread, listed('short', { pages: 2 })];
    expect(namesOf(orderDocuments(documents, { by: 'pages', direction: 'up' }))).toEqual(['unread', 'short', 'long']);
  });

  test('equals keep the newest first in both directions, and equals of one moment the order of their ids', () => {
    const documents = [
      listed('a', { minute: 1, id: '1' }),
      listed('b', { minute: 2, id: '3' }),
      listed('c', { minute: 2, id: '2' }),
    ];
    expect(namesOf(orderDocuments(documents, { by: 'pages', direction: 'up' }))).toEqual(['c', 'b', 'a']);
    expect(namesOf(orderDocuments(documents, { by: 'pages', direction: 'down' }))).toEqual(['c', 'b', 'a']);
  });

  test('the given list is left as it was', () => {
    const documents = [listed('b'), listed('a')];
    orderDocuments(documents, { by: 'name', direction: 'up' });
    expect(namesOf(documents)).toEqual(['b', 'a']);
  });
});

describe('the heads of the columns', () => {
  test('a click turns the order round; another column begins with names from A, and all else from the most', () => {
    expect(nextOrder({ by: 'name', direction: 'up' }, 'name')).toEqual({ by: 'name', direction: 'down' });
    expect(nextOrder({ by: 'name', direction: 'down' }, 'name')).toEqual({ by: 'name', direction: 'up' });
    expect(nextOrder(NEWEST_FIRST, 'name')).toEqual({ by: 'name', direction: 'up' });
    expect(nextOrder({ by: 'name', direction: 'up' }, 'size')).toEqual({ by: 'size', direction: 'down' });
  });

  test('only the column that orders the list says so', () => {
    expect(ariaSortOf(NEWEST_FIRST, 'uploaded')).toBe('descending');
    expect(ariaSortOf({ by: 'name', direction: 'up' }, 'name')).toBe('ascending');
    expect(ariaSortOf(NEWEST_FIRST, 'name')).toBe('none');
  });
});

describe('search by name', () => {
  const documents = [listed('Résumé of Amendment 0001.pdf'), listed('Price schedule.xlsx')];

  test('every word must stand in the name, in any order, whatever case and accents', () => {
    expect(namesOf(searchDocuments(documents, '  0001 RESUME '))).toEqual(['Résumé of Amendment 0001.pdf']);
    expect(searchDocuments(documents, 'price amendment')).toEqual([]);
  });

  test('nothing asked shows all', () => {
    expect(searchDocuments(documents, '   ')).toHaveLength(2);
  });

  test('what looks like a pattern is only text', () => {
    expect(searchDocuments(documents, '.*')).toEqual([]);
  });
});
