/** Where objects are kept: a folder that survives a restart, or memory. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectRecord } from './object-record.ts';

export interface ObjectFiles {
  load(): ObjectRecord[];
  /** All or nothing: a process killed in between leaves the object as it was. Without bytes only the record is replaced. */
  save(record: ObjectRecord, bytes?: Uint8Array): void;
  bytes(record: ObjectRecord): Buffer;
  remove(record: ObjectRecord): void;
}

export const inMemory = (): ObjectFiles => {
  const kept = new Map<string, Buffer>();
  const key = ({ bucket, name }: ObjectRecord) => `${bucket}/${name}`;
  return {
    load: () => [],
    save(record, bytes) {
      if (bytes) kept.set(key(record), Buffer.from(bytes));
    },
    bytes: (record) => kept.get(key(record)) ?? Buffer.alloc(0),
    remove(record) {
      kept.delete(key(record));
    },
  };
};

export const writeAtomically = (path: string, content: string | Uint8Array): void => {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
};

/**
 * Bytes lie in a file of their own generation; the small record that names the generation is replaced last.
 * Everything is synchronous, so that checking a precondition and writing are one step.
 */
export const inFolder = (folder: string): ObjectFiles => {
  const stem = ({ bucket, name }: ObjectRecord) =>
    join(folder, bucket, createHash('sha256').update(name).digest('hex').slice(0, 40));
  const recordPath = (record: ObjectRecord) => `${stem(record)}.json`;
  const bytesPath = (record: ObjectRecord) => `${stem(record)}-${record.generation}.bytes`;
  const readRecord = (path: string): ObjectRecord => JSON.parse(readFileSync(path, 'utf8'));
  const recordBefore = (record: ObjectRecord): ObjectRecord | null => {
    const path = recordPath(record);
    return existsSync(path) ? readRecord(path) : null;
  };
  return {
    load() {
      mkdirSync(folder, { recursive: true });
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      const records = names.filter((name) => name.endsWith('.json')).map((name) => readRecord(join(folder, name)));
      const live = new Set(records.map(bytesPath));
      // A process that was killed leaves bytes whose record it did not come to write, or had just replaced.
      for (const name of names.filter((each) => each.endsWith('.bytes'))) {
        const path = join(folder, name);
        if (!live.has(path)) rmSync(path, { force: true });
      }
      return records;
    },
    save(record, bytes) {
      mkdirSync(join(folder, record.bucket), { recursive: true });
      const before = bytes ? recordBefore(record) : null;
      if (bytes) writeAtomically(bytesPath(record), bytes);
      writeAtomically(recordPath(record), JSON.stringify(record));
      if (before && before.generation !== record.generation) rmSync(bytesPath(before), { force: true });
    },
    bytes: (record) => readFileSync(bytesPath(record)),
    remove(record) {
      rmSync(recordPath(record), { force: true });
      rmSync(bytesPath(record), { force: true });
    },
  };
};
