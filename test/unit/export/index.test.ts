import { expect, test } from '@jest/globals';
import { EXPORTERS } from '../../../functions/src/export/index.ts';
import { sampleAnalysis } from './sample-analysis.ts';

test('Every export has a file name of its own that ends in its extension', () => {
  const exporters = Object.values(EXPORTERS);
  for (const { extension, fileName } of exporters) expect(fileName.endsWith(`.${extension}`)).toBe(true);
  expect(new Set(exporters.map(({ fileName }) => fileName)).size).toBe(exporters.length);
});

test.each(Object.entries(EXPORTERS))('The same analysis gives the same bytes as %s', (_, exporter) => {
  expect(exporter.render(sampleAnalysis())).toEqual(exporter.render(sampleAnalysis()));
});
