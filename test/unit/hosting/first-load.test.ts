import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ensurePageIsBuilt } from '../../../scripts/page/build-page.ts';
import {
  firstLoadScripts,
  HEAVY_LIBRARIES,
  heavyLibrariesIn,
  type Manifest,
  measureFirstLoad,
  readManifest,
} from '../../support/first-load.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MOST_BYTES = 180_000;

describe('The built page', () => {
  let folder: string;
  beforeAll(async () => {
    ({ folder } = await ensurePageIsBuilt({ root: ROOT }));
  });
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

  test('The first load is at most 180 kB of compressed JavaScript, without Firestore and without pdf.js', () => {
    const { sizes, bytes, heavyLibraries } = measureFirstLoad(readManifest(folder), read);
    expect({ sizes, isSmall: bytes <= MOST_BYTES }).toEqual({ sizes, isSmall: true });
    expect(heavyLibraries).toEqual([]);
  });

  test('Both libraries would be recognised: Firestore is in a later part, and pdf.js as it is published', () => {
    const all = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
    expect(heavyLibrariesIn(all.map((name) => read(`assets/${name}`)))).toContain('Firestore');
    const pdfjs = readFileSync(join(ROOT, 'node_modules/pdfjs-dist/build/pdf.min.mjs'), 'utf8');
    expect(heavyLibrariesIn([pdfjs])).toEqual(['pdf.js']);
  });

  test('index.html names one script, which is where the first load begins, and nothing that the manifest does not know', () => {
    const named = [...read('index.html').matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file = '']) => file);
    expect(firstLoadScripts(readManifest(folder))).toEqual(expect.arrayContaining(named));
    expect(named[0]).toBe(readManifest(folder)['index.html']?.file);
  });
});

describe('A made-up manifest', () => {
  const manifest: Manifest = {
    'index.html': {
      file: 'main.js',
      imports: ['_shared.js'],
      dynamicImports: ['src/views/run/run-view.tsx', 'src/data/sample.ts', 'src/data/firestore-sdk.ts'],
    },
    '_shared.js': { file: 'shared.js', imports: ['_deep.js', 'index.html'] },
    '_deep.js': { file: 'deep.js' },
    '_a.css': { file: 'a.css' },
    'src/data/sample.ts': { file: 'sample.js', imports: ['_shared.js'] },
    'src/views/run/run-view.tsx': { file: 'run.js' },
    'src/data/firestore-sdk.ts': { file: 'firestore.js' },
  };

  test('Counted are static imports of every depth, and dynamic ones that are not of another view or the database', () => {
    expect(firstLoadScripts(manifest).sort()).toEqual(['deep.js', 'main.js', 'sample.js', 'shared.js']);
  });

  test('Too much, anywhere below the entry, is over the limit; a heavy library there is named', () => {
    const tooMuch = randomBytes(MOST_BYTES).toString('base64');
    const read = (file: string): string => (file === 'deep.js' ? tooMuch : `// ${HEAVY_LIBRARIES['pdf.js']}`);
    const { bytes, heavyLibraries } = measureFirstLoad(manifest, read);
    expect(bytes).toBeGreaterThan(MOST_BYTES);
    expect(heavyLibraries).toEqual(['pdf.js']);
    expect(measureFirstLoad(manifest, () => 'small').bytes).toBeLessThan(1000);
  });

  test('A manifest that lacks a chunk is not half counted', () => {
    expect(() => firstLoadScripts({ 'index.html': { file: 'main.js', imports: ['_gone.js'] } })).toThrow('_gone.js');
  });
});
