import { describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../../functions/src/analyze/index.ts';
import { planRun } from '../../../functions/src/analyze/plan.ts';
import { analyzeWindow } from '../../../functions/src/analyze/window.ts';
import type { Window } from '../../../functions/src/contracts/analysis.ts';
import type { Document } from '../../../functions/src/contracts/document.ts';
import { type BlockSpec, buildDocument } from '../../support/build-document.ts';

const KINDS = ['compliance-matrix'] as const;

/** The same seed gives the same document: headings, lead-ins with items, tables, running lines, long paragraphs. */
const randomDocument = (seed: number): Document => {
  let state = seed * 7919;
  const below = (limit: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
  const duty = (): string =>
    `The Contractor shall clean hall ${below(900)} and ${['lock', 'sweep', 'air'][below(3)]} it.`;
  const makers: (() => BlockSpec[])[] = [
    () => [`## C.${below(9)} Cleaning of Halls`],
    () => [`${duty()} The Government will inspect. ${duty()} Late reports may be rejected.`],
    () => [Array.from({ length: 12 }, duty).join(' ')],
    () => ['The Contractor shall:', '- sweep the hall', '- report:', '  - defects', '  - water damage', `- ${duty()}`],
    () => ['The Government will provide:', '- keys', '- power'],
    () => [
      {
        kind: 'table',
        rows: [
          ['Deliverable', 'Due date'],
          ['Cleaning plan', `${below(30)} days after award`],
          ['Report', 'Monthly'],
        ],
      },
    ],
    () => [{ kind: 'header_footer', text: `Page ${below(99)}`, pageNumber: 1 + below(9) }],
    () => [{ kind: 'header_footer', text: `Vendors must not copy page ${below(99)}`, pageNumber: 1 + below(9) }],
    () => ['Offerors must submit:', '(a) a cleaning plan', '(b) three references'],
  ];
  const specs = Array.from({ length: 45 }, () => makers[below(makers.length)]?.() ?? []).flat();
  return buildDocument(specs, { fileName: `rfp-${seed}.md` });
};

test('Windowed is whole, byte for byte, for any size of chunk and window', () => {
  for (let seed = 1; seed <= 6; seed++) {
    const documents = [randomDocument(seed), randomDocument(seed + 100)];
    const whole = analyzePackage(documents, KINDS, { chunkCharacters: 10_000_000, windowChunks: 1, overlapChunks: 0 });
    const { chunks: _, ...wholeCoverage } = whole.complianceMatrix?.coverage ?? { chunks: null };
    expect(whole.complianceMatrix?.rows.length).toBeGreaterThan(30);
    for (const [chunkCharacters, windowChunks, overlapChunks] of [
      [60, 1, 0],
      [200, 3, 1],
      [333, 2, 1],
      [1000, 5, 2],
      [3000, 12, 1],
    ]) {
      const parts = analyzePackage(documents, KINDS, { chunkCharacters, windowChunks, overlapChunks });
      expect(JSON.stringify(parts.complianceMatrix?.rows)).toBe(JSON.stringify(whole.complianceMatrix?.rows));
      const { chunks, ...coverage } = parts.complianceMatrix?.coverage ?? { chunks: null };
      expect(JSON.stringify(coverage)).toBe(JSON.stringify(wholeCoverage));
      expect(chunks?.done).toBe(chunks?.planned);
    }
  }
});

test('A context, a window and a document that went through JSON give the same result', () => {
  const document = randomDocument(3);
  const { context, windows } = planRun([document], KINDS, { chunkCharacters: 300, windowChunks: 3 });
  const travelled = JSON.parse(JSON.stringify({ context, windows, document })) as {
    context: typeof context;
    windows: Window[];
    document: Document;
  };
  expect(windows.length).toBeGreaterThan(3);
  windows.forEach((window, at) => {
    const again = travelled.windows[at] ?? window;
    const result = analyzeWindow(travelled.context, again, travelled.document);
    expect(JSON.stringify(result)).toBe(JSON.stringify(analyzeWindow(context, window, document)));
  });
});

describe('Running lines', () => {
  const running: BlockSpec = { kind: 'header_footer', text: 'RFP 26-1', pageNumber: 1 };

  test('are owned by exactly one window, wherever they stand', () => {
    const text = Array.from({ length: 30 }, (_, at) => `The Contractor shall sweep floor ${at} each night.`);
    const document = buildDocument([running, ...text.slice(0, 10), running, ...text.slice(10), running]);
    const { context, windows } = planRun([document], KINDS, {
      chunkCharacters: 100,
      windowChunks: 2,
      overlapChunks: 1,
    });
    const ledger = windows.flatMap((window) => analyzeWindow(context, window, document).ledger);
    const ids = ledger.filter(({ reason }) => reason === 'header_footer').map(({ blockId }) => blockId);
    expect(windows.length).toBeGreaterThan(5);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
  });

  test('are in the ledger of a document that has no other text', () => {
    const { complianceMatrix } = analyzePackage([buildDocument([running])], KINDS);
    expect(complianceMatrix?.coverage.excluded.map(({ reason }) => reason)).toEqual(['header_footer']);
  });
});

describe('A window is refused', () => {
  const document = buildDocument(['The Contractor shall sweep.']);
  const other = buildDocument(['Offerors shall sign.'], { fileName: 'other.md' });
  const { context, windows } = planRun([document], KINDS);
  const [window] = windows as [Window];

  test('when it names another document', () => {
    expect(() => analyzeWindow(context, window, other)).toThrow(/Window 0 does not fit.*another document/);
  });

  test('when it names blocks that the document does not have', () => {
    expect(() => analyzeWindow(context, { ...window, blockIds: ['nothere'] }, document)).toThrow(/blocks/);
  });

  test('when its range lies outside the document', () => {
    expect(() => analyzeWindow(context, { ...window, ownEnd: 9999 }, document)).toThrow(/range/);
  });

  test('when the plan was made for other documents', () => {
    expect(() => analyzeWindow(planRun([other], KINDS).context, window, document)).toThrow(/plan does not know/);
  });
});
