/** What one sweep found and did. */
export interface SweepCounts {
  /** Items that were due. */
  due: number;
  /** Tasks enqueued again under the name they had, or follow-ups that were missing. */
  enqueued: number;
  /** Expired leases that were given a new attempt. */
  retried: number;
  /** Expired leases without a try left: settled with WORK_LOST and a dead letter. */
  givenUp: number;
  /** Items closed or carried on otherwise: expired, erased, found stale. */
  settled: number;
  /** Found in order: looked at again later. */
  postponed: number;
  /** Items whose repair threw; they are looked at again. */
  errors: number;
}

export const noCounts = (): SweepCounts => ({
  due: 0,
  enqueued: 0,
  retried: 0,
  givenUp: 0,
  settled: 0,
  postponed: 0,
  errors: 0,
});
