/** Problems that the view finds by itself, told as the API tells them. */
import type { Problem } from '../../data/problem.ts';
import { TEXTS } from '../../texts/index.ts';

export const NOT_HERE: Problem = { kind: 'notHere', message: TEXTS.problems.notHere, reason: 'NOT_HERE' };
export const SIGNED_OUT: Problem = { kind: 'signedOut', message: TEXTS.problems.signedOut, reason: 'SIGNED_OUT' };
