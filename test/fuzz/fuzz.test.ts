import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { createConverterPool } from '../../functions/src/sandbox/pool.ts';
import { fuzzFixtures } from './fuzz-fixtures.ts';
import { fuzzPool } from './fuzz-pool.ts';
import { faultsOf, holdConversions } from './hold-conversions.ts';
import { spoil } from './mutations.ts';

/** The same in every run, so that a run which failed can be looked at; `npm run fuzz` takes another one each time. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_120);
const MUTATIONS = 5000;
const LANES = 2;
const misbehaving = new URL('../fixtures/parsers/misbehaving-converter.ts', import.meta.url).href;

jest.setTimeout(600_000);

describe('a file that was spoilt', () => {
  const pool = fuzzPool(LANES);
  afterAll(() => pool.close());

  test(`is converted or refused in good order: no crash, no hang, no memory without end (${MUTATIONS} mutations, seed ${SEED})`, async () => {
    process.stdout.write(`fuzz: ${MUTATIONS} mutations, seed ${SEED}\n`);
    const fixtures = fuzzFixtures();
    const plan = { fixtures, mutations: MUTATIONS, seed: SEED, lanes: LANES };
    const { problems, read, refused } = await holdConversions(pool, plan);
    process.stdout.write(`fuzz: ${read} read, ${refused} refused\n`);
    expect(problems).toEqual([]);
    // Files that are all refused at the door would try no reader.
    expect(read).toBeGreaterThan(MUTATIONS / 4);
  });

  test('comes from every format that mdraft reads', async () => {
    const formats = (await import('../../functions/src/convert/formats.json', { with: { type: 'json' } })).default;
    const { detectFormat } = await import('../../functions/src/convert/detect-format.ts');
    const held = new Set(fuzzFixtures().map(({ bytes, fileName }) => detectFormat(bytes, fileName)));
    expect([...Object.keys(formats)].filter((format) => !held.has(format as keyof typeof formats))).toEqual([]);
  });
});

describe('the fuzz test', () => {
  test('finds a converter that crashes, and says with which file and seed', async () => {
    const limits = { pdfBytes: 9e9, officeBytes: 9e9, textBytes: 9e9, otherBytes: 9e9, unpackedBytes: 9e9 };
    const pool = createConverterPool({ size: 1, timeoutSeconds: 20, memoryMb: 64, limits, converterUrl: misbehaving });
    const fixtures = [{ fileName: 'throws.pdf', bytes: new Uint8Array(100) }];
    const { problems } = await holdConversions(pool, { fixtures, mutations: 2, seed: 1, lanes: 1 });
    await pool.close();
    expect(problems).toEqual([
      expect.stringMatching(/throws\.pdf: CONVERTER_CRASHED[\s\S]*seed 1, throws\.pdf spoilt by \[/),
    ]);
  });

  test('finds a document whose blocks overlap, stand outside of the text or have the same id', () => {
    const block = { kind: 'paragraph' as const, text: 'x' };
    const blocks = [
      { ...block, blockId: 'a', charStart: 0, charEnd: 4 },
      { ...block, blockId: 'b', charStart: 3, charEnd: 5 },
      { ...block, blockId: 'b', charStart: 5, charEnd: 50 },
      { ...block, blockId: 'c', parentId: 'd', charStart: 50, charEnd: 50 },
    ];
    expect(faultsOf({ markdown: 'twelve chars', blocks })).toEqual([
      'b overlaps the one before it',
      'two blocks b',
      'b is outside',
      'c stands before its parent',
      'c is outside',
    ]);
    expect(faultsOf({ markdown: 'sound', blocks: [{ ...block, blockId: 'a', charStart: 0, charEnd: 5 }] })).toEqual([]);
  });

  test('changes every file that it spoils, also inside of an archive', () => {
    const change = { mutations: [{ kind: 'set' as const, at: 0.5, bytes: [7, 7, 7] }], inside: 0.4 };
    for (const { bytes } of fuzzFixtures()) expect(Buffer.compare(spoil(bytes, change), bytes)).not.toBe(0);
  });
});
