import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { findEntry, readOle2, streamBytes } from '../../../../functions/src/convert/ole2/read-ole2.ts';
import { readSummary } from '../../../../functions/src/convert/ole2/summary-information.ts';
import { reasonOf } from '../../../support/reason-of.ts';
import { buildOle2, bytesOf } from '../mail/build-msg.ts';

const read = (bytes: Uint8Array) => readOle2(bytes, 'a.doc').root;
const fixture = (name: string) => readFileSync(`test/fixtures/legacy-office/${name}`);
const withNumber = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  new DataView(changed.buffer).setUint32(at, value, true);
  return changed;
};
const SECTOR = 512;
const plain = buildOle2({ Letters: bytesOf('abc'.repeat(400)), Box: { Inner: bytesOf('deep') } });
/** Where the record of an entry stands, in the order in which they are built. */
const recordAt = (bytes: Uint8Array, index: number) =>
  (new DataView(bytes.buffer).getUint32(48, true) + 1) * SECTOR + index * 128;

describe('the container of old Office files', () => {
  test('Streams are found by their path, whatever the case of their names, and read over several sectors', () => {
    const root = read(plain);
    expect(root.children.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['stream Letters', 'storage Box']);
    expect(streamBytes(root, 'LETTERS')).toEqual(bytesOf('abc'.repeat(400)));
    expect(streamBytes(root, 'Box', 'Inner')).toEqual(bytesOf('deep'));
    expect([streamBytes(root, 'Box'), findEntry(root, 'Box', 'Other')]).toEqual([undefined, undefined]);
  });

  test('Small streams are read from the mini stream, and the file’s statement of itself is in one', () => {
    const root = read(fixture('cable-prices.xls'));
    expect(findEntry(root, '\u0005SummaryInformation')?.sizeBytes).toBeLessThan(4096);
    expect(readSummary(root)).toMatchObject({ title: 'Cable prices' });
  });

  test('A last sector that is not filled up is no damage', () => {
    const file = buildOle2({ Letters: bytesOf('abc') });
    expect(streamBytes(read(file.subarray(0, file.length - SECTOR + 3)), 'Letters')).toEqual(bytesOf('abc'));
  });

  test.each([
    ['its header is cut short', plain.subarray(0, 100)],
    ['its sectors are cut off', plain.subarray(0, SECTOR * 4)],
    ['it has no signature', withNumber(plain, 0, 7)],
    ['its sectors have no size', withNumber(plain, 28, 0xfffe + 0x30000)],
    ['its table says that it is larger than the file', withNumber(plain, 44, 0xffffff)],
    ['its directory has no root', withNumber(plain, recordAt(plain, 0) + 64, 22)],
  ])('A file is damaged if %s', (_, bytes) => {
    expect(reasonOf(() => read(bytes))).toBe('FILE_DAMAGED');
  });

  test('A stream that says it is larger than the file, or whose sectors end early, is damaged', () => {
    const tooLarge = withNumber(plain, recordAt(plain, 1) + 120, 0x7fffffff);
    const tooLong = withNumber(plain, recordAt(plain, 1) + 120, SECTOR * 6);
    expect(reasonOf(() => streamBytes(read(tooLarge), 'Letters'))).toBe('FILE_DAMAGED');
    expect(reasonOf(() => streamBytes(read(tooLong), 'Letters'))).toBe('FILE_DAMAGED');
  });

  test('Links and sectors that go round in circles come to an end', () => {
    const inTree = withNumber(plain, recordAt(plain, 2) + 72, 1);
    expect(read(inTree).children).toHaveLength(2);
    const first = new DataView(plain.buffer).getUint32(recordAt(plain, 1) + 116, true);
    const inChain = withNumber(plain, SECTOR + first * 4, first);
    expect(streamBytes(read(inChain), 'Letters')).toHaveLength(1200);
  });

  test('Folders nested without end are refused', () => {
    let inner: Parameters<typeof buildOle2>[0] = {};
    for (let depth = 0; depth < 70; depth++) inner = { Box: inner };
    expect(reasonOf(() => read(buildOle2(inner)))).toBe('FILE_DAMAGED');
  });
});
