import { expect, test } from '@jest/globals';
import type { Client } from '../../../../functions/src/contracts/client.ts';
import type { ConversionView } from '../../../../functions/src/contracts/conversion.ts';
import { withFilesInside } from '../../../../scripts/whole-system/files-inside.ts';

const viewOf = (conversionId: string, children: string[] = [], looks = 1): (() => ConversionView) => {
  let left = looks;
  return () => {
    left -= 1;
    return {
      conversionId,
      fileName: `${conversionId}.md`,
      state: left > 0 ? 'converting' : 'completed',
      ...(children.length > 0 && { children }),
    } as ConversionView;
  };
};

const clientOf = (views: readonly (() => ConversionView)[]): Client =>
  ({ listConversions: async () => ({ conversions: views.map((view) => view()) }) }) as unknown as Client;

test('Each file is followed by those in it once all are settled, under the whole way to them; what was deleted has no conversion', async () => {
  const views = [viewOf('plan', [], 2), viewOf('mail', ['note']), viewOf('note')];
  const files = [
    { file: 'a.zip', conversion: viewOf('a', ['plan', 'mail', 'gone'])() },
    { file: 'b.md', conversion: viewOf('b')() },
    { file: 'refused.exe' },
  ];
  const all = await withFilesInside<{ file: string; conversion?: ConversionView }>(
    clientOf(views),
    files,
    (file, conversionId, settled) => {
      const conversion = settled.get(conversionId);
      return { file, ...(conversion && { conversion }) };
    },
    AbortSignal.timeout(10_000),
  );
  expect(all.map(({ file, conversion }) => [file, conversion?.state])).toEqual([
    ['a.zip', 'completed'],
    ['a.zip/plan.md', 'completed'],
    ['a.zip/mail.md', 'completed'],
    ['a.zip/mail.md/note.md', 'completed'],
    ['a.zip/gone', undefined],
    ['b.md', 'completed'],
    ['refused.exe', undefined],
  ]);
});
