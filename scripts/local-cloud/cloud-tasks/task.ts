/** What the queues hold, and how they refuse. */

export interface HttpTarget {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  oidcToken: { serviceAccountEmail: string; audience: string } | null;
}

/** A task as it was asked for, checked. */
export interface TaskDraft {
  /** Null: the queue makes one up. */
  taskId: string | null;
  target: HttpTarget;
  /** Null: at once. */
  scheduledMs: number | null;
  dispatchDeadlineMs: number;
}

export interface Attempt {
  scheduledMs: number;
  dispatchedMs: number;
  /** Null while it runs, and for good when the deadline passed or nothing answered. */
  respondedMs: number | null;
  status: number | null;
}

/** All times are milliseconds since the epoch. Never changed in place. */
export interface Task {
  queueId: string;
  taskId: string;
  target: HttpTarget;
  createdMs: number;
  /** When the next attempt is due. */
  scheduledMs: number;
  dispatchDeadlineMs: number;
  /** Attempts sent, answered or not. */
  dispatchCount: number;
  /** Attempts that got an HTTP answer. */
  responseCount: number;
  /** Answers below 500: what X-CloudTasks-TaskExecutionCount counts. */
  executionCount: number;
  firstDispatchedMs: number | null;
  lastAttempt: Attempt | null;
}

/** What came of one delivery. A null status: no answer (deadline, connection refused or cut). */
export interface Outcome {
  status: number | null;
  /** Of the Retry-After header. */
  retryAfterMs?: number;
}

/** Sends one attempt. `signal` aborts when the deadline has passed or the service closes. */
export type Dispatch = (task: Task, signal: AbortSignal) => Promise<Outcome>;

export interface TaskEvent {
  /** `gave_up`: the attempts are used up, the task is gone. */
  type: 'dispatched' | 'succeeded' | 'failed' | 'gave_up';
  queueId: string;
  taskId: string;
  /** From 1. */
  attempt: number;
  /** Null when nothing answered, and for `dispatched`. */
  status: number | null;
}

/** Trouble that tests ask for. Read at every use, so it may be changed while the service runs. */
export interface Faults {
  /** Which task is delivered twice, and whether the second delivery runs beside the first or after it. */
  duplicate?: (task: Task) => 'together' | 'afterwards' | undefined;
  /** Among the tasks that are due. Default `oldest_first`. */
  order?: 'oldest_first' | 'newest_first';
  /** Every createTask fails with this code; with `afterCreating` the task exists all the same (the answer was lost). */
  createTask?: { code: keyof typeof GRPC_CODES; afterCreating?: boolean };
}

/** https://grpc.io/docs/guides/status-codes/ */
const GRPC_CODES = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  UNAVAILABLE: 14,
} as const;

/** A refusal in the shape that grpc-js sends: `code` and `details`. */
export class TaskServiceError extends Error {
  readonly code: number;
  readonly details: string;

  constructor(code: keyof typeof GRPC_CODES, details: string) {
    super(details);
    this.name = 'TaskServiceError';
    this.code = GRPC_CODES[code];
    this.details = details;
  }
}
