/** Ways to spoil a file, as data: fast-check can then look for the fewest of them that still do harm. */
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Places are shares of the length, 0 to 1, so that a mutation means something for every file. */
export type Mutation =
  | { kind: 'set'; at: number; bytes: number[] }
  | { kind: 'insert'; at: number; bytes: number[] }
  | { kind: 'delete'; at: number; share: number }
  | { kind: 'repeat'; at: number; share: number; times: number }
  | { kind: 'cut'; at: number }
  | { kind: 'number'; at: number; value: string }
  | { kind: 'exchange'; at: number; with: number; share: number };

/** `inside`: in an archive the mutations spoil what one of its files holds, and the archive itself stays whole. */
export interface Spoiling {
  mutations: Mutation[];
  inside: number | null;
}

const place = fc.double({ min: 0, max: 1, noNaN: true });
const small = fc.double({ min: 0, max: 0.05, noNaN: true });
const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 8 });
/** Numbers at which sizes, counts and offsets go wrong. */
const VALUES = ['0', '-1', '1', '255', '65536', '2147483647', '4294967295', '99999999999999', '1e308', ''];

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: place, bytes }),
  fc.record({ kind: fc.constant('insert' as const), at: place, bytes }),
  fc.record({ kind: fc.constant('delete' as const), at: place, share: small }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, share: small, times: fc.integer({ min: 2, max: 50 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('number' as const), at: place, value: fc.constantFrom(...VALUES) }),
  fc.record({ kind: fc.constant('exchange' as const), at: place, with: place, share: small }),
);

export const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
  inside: fc.option(place),
});

const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const DIGITS = /\d+/g;

/** The first number written in digits at or after a place, and the last before it where there is none. */
const withNumber = (file: Uint8Array, from: number, value: string): Uint8Array => {
  const text = strFromU8(file, true);
  DIGITS.lastIndex = from;
  const found = DIGITS.exec(text) ?? /\d+/.exec(text);
  if (!found) return file;
  return strToU8(text.slice(0, found.index) + value + text.slice(found.index + found[0].length), true);
};

const mutate = (file: Uint8Array, change: Mutation): Uint8Array => {
  const at = Math.floor(change.at * file.length);
  switch (change.kind) {
    case 'set': {
      const copy = file.slice();
      copy.set(change.bytes.slice(0, Math.max(0, file.length - at)), at);
      return copy;
    }
    case 'insert':
      return joined(file.subarray(0, at), Uint8Array.from(change.bytes), file.subarray(at));
    case 'delete':
      return joined(file.subarray(0, at), file.subarray(at + Math.ceil(change.share * file.length)));
    case 'repeat': {
      const piece = file.subarray(at, at + Math.ceil(change.share * file.length));
      return joined(file.subarray(0, at), ...Array.from({ length: change.times }, () => piece), file.subarray(at));
    }
    case 'cut':
      return file.subarray(0, at);
    case 'number':
      return withNumber(file, at, change.value);
    case 'exchange': {
      const other = Math.floor(change.with * file.length);
      const length = Math.min(Math.ceil(change.share * file.length), file.length - Math.max(at, other));
      const copy = file.slice();
      copy.set(file.subarray(other, other + length), at);
      return copy;
    }
  }
};

const mutateAll = (file: Uint8Array, mutations: readonly Mutation[]): Uint8Array =>
  mutations.reduce<Uint8Array>((spoilt, change) => mutate(spoilt, change), file);

const isZip = (file: Uint8Array): boolean => file[0] === 0x50 && file[1] === 0x4b;

/** The file with its mutations. */
export const spoil = (file: Uint8Array, { mutations, inside }: Spoiling): Uint8Array => {
  if (inside === null || !isZip(file)) return mutateAll(file, mutations);
  const entries = unzipSync(file);
  const names = Object.keys(entries);
  const name = names[Math.min(names.length - 1, Math.floor(inside * names.length))];
  const content = name === undefined ? undefined : entries[name];
  if (name === undefined || content === undefined) return file;
  return zipSync({ ...entries, [name]: mutateAll(content, mutations) }, { level: 1 });
};
