import { describe, expect, test } from '@jest/globals';
import { TEXTS } from '../../../../../hosting/src/texts/index.ts';
import { runsErased } from '../../../../../hosting/src/views/documents/runs-erased.ts';

const object = { object: 'o', generation: '1', sizeBytes: 1 };
const run = (conversionIds: string[], fileName: string, rows?: number) => ({
  conversionIds,
  documents: [
    { conversionId: conversionIds[0] ?? '', documentId: 'd', fileName, markdown: object, blockIndex: object },
  ],
  ...(rows !== undefined && { rows }),
});

describe('the analyses that go with erased documents', () => {
  const runs = [run(['a', 'b'], 'a.pdf', 600), run(['b'], 'b.pdf', 29), run(['c'], 'c.pdf', 7), run(['b'], 'b.pdf')];

  test('are those that read any of them, each once, with their rows together', () => {
    expect(runsErased(['a', 'b'], runs)).toEqual({ names: ['a.pdf', 'b.pdf', 'b.pdf'], rows: 629 });
    expect(runsErased(['c'], runs)).toEqual({ names: ['c.pdf'], rows: 7 });
    expect(runsErased(['other'], runs)).toEqual({ names: [], rows: 0 });
  });

  test('are named by the first of them, how many more there are, and how many rows', () => {
    const { analyses } = TEXTS.documents.confirm;
    expect(analyses('a.pdf', 0, 1)).toBe('This also erases the analysis of a.pdf, 1 row.');
    expect(analyses('a.pdf', 3, 629)).toBe(
      'This also erases the analysis of a.pdf and 3 more analyses, 629 rows in all.',
    );
  });
});
