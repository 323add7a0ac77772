import { expect, test } from '@jest/globals';
import { indexDocument } from '../../../functions/src/analyze/document-index.ts';
import { pageOfBlock } from '../../../functions/src/analyze/source-ref.ts';
import { buildDocument } from '../../support/build-document.ts';

test('A place in a block that goes on over pages stands on the page that begins last before it', () => {
  const document = buildDocument([
    { kind: 'paragraph', markdown: 'The keeper sweeps the floor and lights the lamp.', pageNumber: 4 },
  ]);
  const [block] = document.blocks;
  const pageBreaks = [
    { charStart: 20, pageNumber: 5 },
    { charStart: 30, pageNumber: 6 },
  ];
  const index = indexDocument({ ...document, blocks: document.blocks.map((each) => ({ ...each, pageBreaks })) });
  const pageAt = (charStart: number | null) => pageOfBlock(block?.blockId ?? '', index, charStart);
  expect([null, 0, 19, 20, 29, 30, 40].map(pageAt)).toEqual([4, 4, 4, 5, 5, 6, 6]);
});
