import { expect, test } from '@jest/globals';
import { pathsOf, withContents } from '../../../../../hosting/src/views/documents/containers.ts';

const inside = (conversionId: string) => ({ conversionId, depth: 1 });
const PACKAGE = { conversionId: 'package', children: ['plan', 'mail'] };
const PLAN = { conversionId: 'plan', container: inside('package') };
const MAIL = { conversionId: 'mail', container: inside('package'), children: ['note'] };
const NOTE = { conversionId: 'note', container: inside('mail') };
const OTHER = { conversionId: 'other' };
const ALL = [NOTE, MAIL, PLAN, PACKAGE, OTHER];

test('each document is known with those around it, the outermost first', () => {
  const paths = pathsOf(ALL);
  expect(paths.get('note')).toEqual([PACKAGE, MAIL, NOTE]);
  expect(paths.get('plan')).toEqual([PACKAGE, PLAN]);
  expect(paths.get('other')).toEqual([OTHER]);
});

test('a document whose container is not in the list stands by itself', () => {
  expect(pathsOf([NOTE]).get('note')).toEqual([NOTE]);
});

test('what is erased goes with all that is in it, each once', () => {
  expect(withContents(['package', 'note'], ALL).sort()).toEqual(['mail', 'note', 'package', 'plan']);
  expect(withContents(['other', 'unknown'], ALL)).toEqual(['other', 'unknown']);
});
