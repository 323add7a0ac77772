import { expect, test } from '@jest/globals';
import { ConversionStateSchema } from '../../../functions/src/contracts/conversion.ts';
import { RunStateSchema } from '../../../functions/src/contracts/run.ts';
import { conversionNotReady, runNotReady } from '../../../functions/src/pipeline/not-ready.ts';
import { sampleConversion, sampleRun } from '../../support/sample-items.ts';

const UNDER_WAY = ['queued', 'converting', 'planning', 'analyzing', 'merging'];
const WITHOUT_RESULT = ['awaiting_upload', ...UNDER_WAY, 'failed', 'expired', 'cancelled'];

test.each(ConversionStateSchema.options.filter((state) => WITHOUT_RESULT.includes(state)))(
  'Of a document that is %s the reader is told to wait only where waiting helps',
  (state) => {
    const { message } = conversionNotReady(sampleConversion({ state }));
    expect(message).toMatch(new RegExp(`^The document conversion-1 is ${state}\\. [A-Z].*\\.$`));
    expect(message.includes('Wait')).toBe(UNDER_WAY.includes(state));
  },
);

test.each(RunStateSchema.options.filter((state) => WITHOUT_RESULT.includes(state)))(
  'Of a run that is %s the reader is told to wait only where waiting helps',
  (state) => {
    const { message } = runNotReady(sampleRun({ state }));
    expect(message).toMatch(new RegExp(`^The run is ${state}\\. [A-Z].*\\.$`));
    expect(message.includes('Wait')).toBe(UNDER_WAY.includes(state));
  },
);
