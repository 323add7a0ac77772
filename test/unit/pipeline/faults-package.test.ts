import { describe, expect, test } from '@jest/globals';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { playStory, type StoryOptions } from '../../support/pipeline-story.ts';
import { outcomeOf } from '../../support/story-outcome.ts';

const SETTINGS = { windowsInFlight: 1, limits: { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6 } };

/** Small files: in all, three conversions that can be read and one that cannot. */
const PACKAGE_STORY: StoryOptions = {
  fileName: 'package.zip',
  contentType: 'application/zip',
  bytes: new TextEncoder().encode(
    `List.\n\n${JSON.stringify({
      'sow.md': Array.from({ length: 4 }, (_, at) => `The Contractor shall deliver report ${at + 1}.`).join('\n\n'),
      'mail.eml': `The offeror shall sign the quote.\n\n${JSON.stringify({ 'tool.exe': 'MZ' })}`,
    })}`,
  ),
};

describe('A package of files, uploaded to be analysed,', () => {
  const inOrder = (deps: TestDeps) => {
    const { conversions, ...rest } = outcomeOf(deps);
    const ids = deps.stored.conversions().map(({ conversionId, fileName }) => [conversionId, fileName]);
    return {
      ...rest,
      conversions: conversions.map((each) => JSON.stringify(each)).sort(),
      ids: ids.map(String).sort(),
    };
  };
  const playPackage = async (options: Partial<StoryOptions> = {}) => {
    const deps = createTestDeps({ settings: SETTINGS });
    const { harness, sweeps } = await playStory(deps, { ...PACKAGE_STORY, ...options });
    return { harness, sweeps, outcome: inOrder(deps), runs: deps.stored.runs(), stored: deps.memory.names('uploads') };
  };

  test('goes all the way by itself: one run of what could be read, which names what could not', async () => {
    const { runs, sweeps, outcome, stored } = await playPackage();
    expect(sweeps).toBe(0);
    expect(outcome.ids).toHaveLength(4);
    expect(stored).toHaveLength(3);
    expect(runs).toMatchObject([
      {
        state: 'partial',
        documents: [{ fileName: 'sow.md' }, { fileName: 'mail.eml' }],
        notRead: [{ fileName: 'tool.exe', reason: 'FORMAT_UNSUPPORTED' }],
      },
    ]);
  });

  test('ends the same when everything comes three times, or in reverse order', async () => {
    const calm = await playPackage();
    for (const options of [{ deliveries: 3 }, { deliveries: 2, order: 'newest first' as const }]) {
      expect((await playPackage(options)).outcome).toEqual(calm.outcome);
    }
  });

  test('ends the same when the process is killed before or after any single write or enqueue', async () => {
    const calm = await playPackage();
    const effects = calm.harness.effects();
    expect(effects.filter((name) => name === 'conversions.create').length).toBeGreaterThanOrEqual(4);
    for (let effect = 0; effect < effects.length; effect++) {
      for (const when of ['before', 'after'] as const) {
        const { outcome } = await playPackage({ faults: [{ effect, when }] });
        expect({ effect, when, outcome }).toEqual({ effect, when, outcome: calm.outcome });
      }
    }
  });
});
