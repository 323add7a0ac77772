import { describe, expect, test } from '@jest/globals';
import { laneHeads } from '../../../functions/src/pipeline/window-lanes.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';
import { longDocument, runNow, runQueueDry, startRun, statesOf } from '../../support/run-of-package.ts';
import { sampleWindow } from '../../support/sample-items.ts';

describe('The lanes of a run', () => {
  test('have the first open window at their head, whether it waits or is under way', () => {
    const windows = (['done', 'queued', 'working', 'queued', 'failed', 'cancelled'] as const).map((state, ordinal) =>
      sampleWindow(ordinal, { state }),
    );
    expect(laneHeads(windows, 2).map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    expect(laneHeads(windows, 1).map(({ ordinal }) => ordinal)).toEqual([1]);
    expect(laneHeads(windows.reverse(), 10).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
  });

  test('never put more windows into the queue than may be under way, and bring all to their end', async () => {
    const deps = createTestDeps({ settings: { windowsInFlight: 2 } });
    const { runId } = await startRun(deps, [longDocument(5)]);
    let most = 0;
    await runQueueDry(deps, () => {
      most = Math.max(most, deps.tasks.tasks('analyze-window').length);
      return false;
    });
    expect(most).toBeLessThanOrEqual(2);
    expect(new Set(statesOf(deps))).toEqual(new Set(['done']));
    expect(runNow(deps, runId)).toMatchObject({ state: 'completed', progress: { planned: statesOf(deps).length } });
  });
});
