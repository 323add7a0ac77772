import { describe, expect, test } from '@jest/globals';
import { isTooOld } from '../../../../hosting/src/data/session-age.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toUTCString();

describe('how long a sign-in lasts', () => {
  test('a member stays signed in for 14 days to the second, and not for one more', () => {
    expect(isTooOld({ isVisitor: false, signedInAt: ago(14 * DAY) }, NOW)).toBe(false);
    expect(isTooOld({ isVisitor: false, signedInAt: ago(14 * DAY + 1000) }, NOW)).toBe(true);
  });

  test('a visitor is never signed out by age, for a visitor could not come back', () => {
    expect(isTooOld({ isVisitor: true, signedInAt: ago(300 * DAY) }, NOW)).toBe(false);
  });

  test('a member whose time of sign-in cannot be read has to sign in again', () => {
    expect(isTooOld({ isVisitor: false, signedInAt: '' }, NOW)).toBe(true);
  });

  test('a clock that is behind signs nobody out', () => {
    expect(isTooOld({ isVisitor: false, signedInAt: ago(-DAY) }, NOW)).toBe(false);
  });
});
