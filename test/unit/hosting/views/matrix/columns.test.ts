import { describe, expect, test } from '@jest/globals';
import {
  CHOOSABLE_COLUMNS,
  COLUMNS,
  columnTracks,
  fittingColumns,
  toggleColumn,
} from '../../../../../hosting/src/views/matrix/columns.ts';

const widthOf = (names: readonly (keyof typeof COLUMNS)[]): number =>
  names.reduce((sum, name) => sum + COLUMNS[name].width, 0);

const NONE = new Set<never>();

describe('columns of the matrix', () => {
  test('on a wide window are those that a proposal manager works with', () => {
    expect(fittingColumns(80, NONE)).toEqual([
      'id',
      'section',
      'page',
      'requirement',
      'obligation',
      'actor',
      'kind',
      'verification',
      'document',
    ]);
  });

  test('that say nothing in any row leave their room to others, and come back with a value', () => {
    const used = fittingColumns(80, new Set(['document', 'owner']));
    expect(used).toEqual(expect.arrayContaining(['links', 'status']));
    expect(used).not.toContain('document');
    expect(fittingColumns(200, new Set(['owner', 'notes']))).toEqual(
      expect.arrayContaining(['response', 'compliance']),
    );
    expect(fittingColumns(200, new Set(['owner', 'notes']))).not.toContain('owner');
    expect(fittingColumns(200, NONE)).toEqual(expect.arrayContaining(['owner', 'notes']));
  });

  test.each([30, 40, 50, 60, 70, 80])('fit into a room of %i rem', (room) => {
    const shown = fittingColumns(room, NONE);
    expect(widthOf(shown)).toBeLessThanOrEqual(room);
    expect(shown).toEqual(expect.arrayContaining(['id', 'requirement']));
  });

  test('without room for anything are still those without which no row can be read', () => {
    expect(fittingColumns(1, NONE)).toEqual(['id', 'requirement']);
  });

  test('are shown and hidden in their own order; what every row needs cannot be hidden', () => {
    const withNotes = toggleColumn(toggleColumn(fittingColumns(40, NONE), 'notes'), 'document');
    expect(withNotes.slice(-2)).toEqual(['document', 'notes']);
    expect(toggleColumn(withNotes, 'document')).not.toContain('document');
    expect(CHOOSABLE_COLUMNS).not.toContain('requirement');
    expect(toggleColumn(['id', 'requirement'], 'id')).toEqual(['id', 'requirement']);
  });

  test('give the requirement what the others leave', () => {
    expect(columnTracks(['id', 'page', 'requirement'])).toEqual({
      tracks: '5rem 3.5rem minmax(20rem, 1fr)',
      least: '28.5rem',
    });
  });
});
