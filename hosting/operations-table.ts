/**
 * Of the table of operations the page's client needs only how each is called. The schemas stay with the service: they are a fifth of what a
 * stranger would load first, and zod tries `new Function` when they are made, which the page's policy stops and reports.
 */
import type { Plugin } from 'vite';
import { OPERATIONS } from '../functions/src/contracts/operations.ts';

const TABLE = '/functions/src/contracts/operations.ts';

export const operationsTable = (): Plugin => ({
  name: 'operations-table',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith(TABLE)) return null;
    const calls = Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, { auth, rest }]) => [name, { auth, rest }]),
    );
    return [
      `export const OPERATIONS = ${JSON.stringify(calls)};`,
      'export const OPERATION_NAMES = Object.keys(OPERATIONS);',
    ].join('\n');
  },
});
