import { expect, test } from '@jest/globals';
import { OPERATIONS } from '../../../../functions/src/contracts/operations.ts';
import { runPackage } from '../../../../scripts/whole-system/run-package.ts';
import { fakeWorld } from '../cli/fake-deps.ts';

const SYSTEM = { hostingUrl: 'http://127.0.0.1:9', authHost: '127.0.0.1:9', visitorPath: '/nowhere' };
const SETTINGS = { columns: 80, bold: (text: string) => text, sampleFolder: '/nowhere' };
const request = (files: string[]) => ({ help: false, once: true, embedded: false, files });

test('A package of more documents than a run may read is refused before anything is read or sent', async () => {
  const world = await fakeWorld();
  const files = Array.from({ length: 201 }, (_, index) => `${index}.md`);
  await expect(runPackage(SYSTEM, request(files), SETTINGS, world.deps)).rejects.toMatchObject({
    reason: 'USAGE',
    publicMessage: expect.stringMatching(/^A package has at most 200 documents; these are 201\. .*--embedded/),
  });
  expect(world.stderr()).toBe('');
});

test('Files that cannot be opened are told one by one, and without any other there is nothing to send', async () => {
  const world = await fakeWorld();
  await expect(runPackage(SYSTEM, request(['a.md', 'b.md']), SETTINGS, world.deps)).resolves.toBe(1);
  expect(world.stderr()).toMatch(/^error: a\.md: no such file.*\nerror: b\.md: no such file.*\n$/);
});

test('The largest package that is sent is the largest that a run takes', () => {
  const startAnalysisTakes = (documents: number): boolean =>
    OPERATIONS.startAnalysis.request.safeParse({
      conversionIds: Array.from({ length: documents }, (_, index) => `conversion${index}`),
      kinds: ['compliance-matrix'],
    }).success;
  expect([200, 201].map(startAnalysisTakes)).toEqual([true, false]);
});
