/** The property: whatever is done to a file, converting it gives a document that is sound or a refusal that says what to do. */
import fc from 'fast-check';
import type { Document } from '../../functions/src/contracts/document.ts';
import { AppError, type ReasonName } from '../../functions/src/errors.ts';
import type { ConverterPool } from '../../functions/src/sandbox/pool.ts';
import { type Spoiling, spoil, spoiling } from './mutations.ts';

export interface FuzzFixture {
  fileName: string;
  bytes: Uint8Array;
}

/** Faults of ours, not of the file: a crash, a hang, memory without end. */
const FAULTS: ReadonlySet<ReasonName> = new Set([
  'CONVERTER_CRASHED',
  'CONVERSION_TIMEOUT',
  'CONVERSION_OUT_OF_MEMORY',
]);

const HOLDS_FILES = /\.(?:eml|msg|zip)$/;

const told = (error: unknown): string => {
  if (!(error instanceof AppError)) return `no typed error: ${String(error)}`;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.reason}${cause}`;
};

/** What is wrong with a document that was given; empty when it is sound. */
export const faultsOf = ({ markdown, blocks }: Pick<Document, 'markdown' | 'blocks'>): string[] => {
  const faults: string[] = [];
  const ids = new Set<string>();
  let end = 0;
  for (const { blockId, parentId, kind, charStart, charEnd, text } of blocks) {
    if (ids.has(blockId)) faults.push(`two blocks ${blockId}`);
    if (parentId !== undefined && !ids.has(parentId)) faults.push(`${blockId} stands before its parent`);
    ids.add(blockId);
    if (charStart === null || charEnd === null) continue;
    if (charStart < 0 || charStart > charEnd || charEnd > markdown.length) faults.push(`${blockId} is outside`);
    const holdsOthers = kind === 'table' || kind === 'table_row' || kind === 'quote';
    if (holdsOthers || text === '') continue;
    if (charStart < end) faults.push(`${blockId} overlaps the one before it`);
    end = charEnd;
  }
  return faults;
};

/** How often files were read in spite of all, and how often refused. */
export interface FuzzTally {
  read: number;
  refused: number;
}

const judge = async (pool: ConverterPool, fixture: FuzzFixture, change: Spoiling, tally: FuzzTally): Promise<void> => {
  try {
    const input = { fileName: fixture.fileName, bytes: spoil(fixture.bytes, change) };
    if (HOLDS_FILES.test(input.fileName)) await pool.unpack(input);
    const document = await pool.convert(input);
    const faults = faultsOf(document);
    tally.read += 1;
    if (faults.length > 0) throw new Error(`an unsound document: ${faults.slice(0, 3).join('; ')}`);
  } catch (error) {
    if (error instanceof AppError && !FAULTS.has(error.reason)) {
      tally.refused += 1;
      return;
    }
    throw new Error(`${fixture.fileName}: ${error instanceof AppError ? told(error) : String(error)}`);
  }
};

/** Everything that is needed to see it again. */
const problemOf = ({ fileName }: FuzzFixture, result: fc.RunDetails<[Spoiling]>): string => {
  const why = result.errorInstance instanceof Error ? result.errorInstance.message : 'the property does not hold';
  return `${why}\nseed ${result.seed}, ${fileName} spoilt by ${JSON.stringify(result.counterexample)}`;
};

export interface FuzzPlan {
  fixtures: readonly FuzzFixture[];
  /** Of all fixtures together. */
  mutations: number;
  seed: number;
  /** How many files are converted at the same time. */
  lanes: number;
}

export interface FuzzOutcome extends FuzzTally {
  /** What went wrong, one text for each fixture that did, with the fewest mutations that do it. */
  problems: string[];
}

export const holdConversions = async (pool: ConverterPool, plan: FuzzPlan): Promise<FuzzOutcome> => {
  const { fixtures, seed } = plan;
  const runs = Math.ceil(plan.mutations / fixtures.length);
  const waiting = [...fixtures];
  const outcome: FuzzOutcome = { problems: [], read: 0, refused: 0 };
  const lane = async (): Promise<void> => {
    for (let fixture = waiting.shift(); fixture; fixture = waiting.shift()) {
      const current = fixture;
      const property = fc.asyncProperty(spoiling, (change) => judge(pool, current, change, outcome));
      const result = await fc.check(property, { seed, numRuns: runs, endOnFailure: false });
      if (result.failed) outcome.problems.push(problemOf(current, result));
    }
  };
  await Promise.all(Array.from({ length: plan.lanes }, lane));
  return outcome;
};
