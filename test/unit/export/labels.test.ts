import { expect, test } from '@jest/globals';
import {
  ActorSchema,
  ComplianceRowSchema,
  ExclusionReasonSchema,
  ObligationSchema,
  RowKindSchema,
  VerificationSchema,
} from '../../../functions/src/contracts/rfp.ts';
import { label, labels } from '../../../functions/src/export/labels.ts';

const shape = ComplianceRowSchema.shape;

test.each([
  ['actor', ActorSchema.options],
  ['obligation', ObligationSchema.options],
  ['kind', RowKindSchema.options],
  ['status', shape.status.options],
  ['compliance', shape.compliance.options],
  ['risk', shape.risk.options],
  ['timing', shape.timing.options],
  ['verification', VerificationSchema.shape.status.options],
  ['exclusion reason', ExclusionReasonSchema.options],
])('Every %s has a label of its own, so that a label can be read back', (_, options) => {
  expect(new Set(labels(options)).size).toBe(options.length);
});

test('A label reads like words, not like a key', () => {
  expect(label('in_progress')).toBe('In progress');
  expect(label('tbd')).toBe('TBD');
});
