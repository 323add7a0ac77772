import { describe, expect, test } from '@jest/globals';
import {
  readSelection,
  type Selection,
  selectionQuery,
} from '../../../../../hosting/src/views/run/ledger-selection.ts';

const selections: Selection[] = [
  { kind: 'whole' },
  { kind: 'list', show: 'unresolved' },
  { kind: 'list', show: 'excluded' },
  { kind: 'parts', first: 12, last: 12 },
  { kind: 'parts', first: 12, last: 14 },
];

test.each(selections)('what is selected comes back from the address: %j', (selection) => {
  expect(readSelection(new URLSearchParams(selectionQuery(selection)), 20)).toEqual(selection);
});

describe('an address that selects nothing known', () => {
  test.each(['part=20', 'part=3-20', 'part=5-3', 'part=-1', 'part=x', 'part=', 'part=1e1', 'show=all', 'other=1'])(
    '%s shows the whole package',
    (query) => {
      expect(readSelection(new URLSearchParams(query), 20)).toEqual({ kind: 'whole' });
    },
  );
});
