import { expect, it } from '@jest/globals';
import { recognisedPages } from '../../../../hosting/src/viewer/recognised-pages.ts';

it('names the pages whose text was recognised, and neither those with a text layer nor those without text', () => {
  const sources = ['text', 'ocr', 'tags', 'ocr', 'none'] as const;
  const pages = sources.map((source, before) => ({ pageNumber: before + 1, source }));
  expect([...recognisedPages({ pages })]).toEqual([2, 4]);
});
