/** Every gate of `npm run check`, in the order in which a reader wants to hear of them. */
import { fileLengthGate } from './file-length.ts';
import { type Gate, toolGate } from './gate.ts';
import { licencesGate } from './licences.ts';
import { lockfileGate } from './lockfile.ts';
import { purityGate } from './purity.ts';

export const GATES: readonly Gate[] = [
  toolGate('types', 'tsc finds no error', 'typescript/bin/tsc', ['--noEmit']),
  toolGate('types of the page', 'tsc finds no error in hosting', 'typescript/bin/tsc', ['--noEmit', '-p', 'hosting']),
  toolGate('types of its tests', 'tsc finds no error in the tests of the page', 'typescript/bin/tsc', [
    '--noEmit',
    '-p',
    'test/unit/hosting',
  ]),
  toolGate('lint and format', 'Biome finds nothing', '@biomejs/biome/bin/biome', [
    'ci',
    '--colors=off',
    '--error-on-warnings',
    '.',
  ]),
  toolGate(
    'import rules',
    'each folder imports only what the table allows',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'functions', 'scripts', 'test', 'hosting'],
  ),
  toolGate('dead code', 'no unused file, export or dependency', 'knip/bin/knip.js', ['--no-progress']),
  purityGate,
  fileLengthGate,
  lockfileGate,
  licencesGate,
];
