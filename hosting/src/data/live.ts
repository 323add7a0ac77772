/** What the page listens to. The database's SDK is loaded with the first listener, after the first paint. */
import type { Conversion } from '../../../functions/src/contracts/conversion.ts';
import type { Run, RunWindow } from '../../../functions/src/contracts/run.ts';
import type { Listen, Live, Stop } from './live-value.ts';
import { loadPart } from './load-part.ts';
import { problemOf } from './problem.ts';
import type { SessionData } from './session.ts';

/** Items as Firestore keeps them, times as ISO text. Null: it is not there (any more). */
export interface LiveData {
  conversions(orgId: string, most: number): Listen<Conversion[]>;
  conversion(orgId: string, conversionId: string): Listen<Conversion | null>;
  runs(orgId: string, most: number): Listen<Run[]>;
  run(orgId: string, runId: string): Listen<Run | null>;
  /** In the order of the plan. */
  windows(orgId: string, runId: string): Listen<RunWindow[]>;
}

type Sdk = typeof import('./firestore-sdk.ts');

export const createLive = ({ app }: Pick<SessionData, 'app'>): LiveData => {
  const load = async () => {
    const [sdk, { app: firebase, config }] = await Promise.all([loadPart(() => import('./firestore-sdk.ts')), app()]);
    return { sdk, db: sdk.openDatabase(firebase, config) };
  };
  /** Listens as soon as the SDK is there, unless the reader has gone in the meantime. */
  const listen =
    <T>(start: (sdk: Sdk, db: ReturnType<Sdk['openDatabase']>, tell: (value: Live<T>) => void) => Stop): Listen<T> =>
    (tell) => {
      let stop: Stop | null = null;
      let isGone = false;
      load().then(
        ({ sdk, db }) => {
          if (!isGone) stop = start(sdk, db, tell);
        },
        (thrown: unknown) => {
          if (!isGone) tell({ state: 'failed', problem: problemOf(thrown) });
        },
      );
      return () => {
        isGone = true;
        stop?.();
      };
    };

  return {
    conversions: (orgId, most) =>
      listen((sdk, db, tell) => sdk.listenToNewest<Conversion>(db, `orgs/${orgId}/conversions`, most, tell)),
    conversion: (orgId, conversionId) =>
      listen((sdk, db, tell) => sdk.listenToOne<Conversion>(db, `orgs/${orgId}/conversions/${conversionId}`, tell)),
    runs: (orgId, most) => listen((sdk, db, tell) => sdk.listenToNewest<Run>(db, `orgs/${orgId}/runs`, most, tell)),
    run: (orgId, runId) => listen((sdk, db, tell) => sdk.listenToOne<Run>(db, `orgs/${orgId}/runs/${runId}`, tell)),
    windows: (orgId, runId) =>
      listen((sdk, db, tell) =>
        sdk.listenToOrdered<RunWindow>(db, `orgs/${orgId}/runs/${runId}/windows`, 'ordinal', tell),
      ),
  };
};
