import { expect, test } from '@jest/globals';
import { AppError } from '../../../../functions/src/errors.ts';
import { type SendOptions, sendPackage } from '../../../../scripts/whole-system/send-package.ts';
import type { TakenBack } from '../../../../scripts/whole-system/take-back.ts';
import { fakeService, fileOf, refusal } from './fake-service.ts';

const sending = (changes: Pick<SendOptions, 'client' | 'files'> & Partial<SendOptions>) =>
  sendPackage({
    kinds: ['compliance-matrix'],
    formats: ['json'],
    signal: new AbortController().signal,
    ...changes,
  });

const named = (count: number) => Array.from({ length: count }, (_, index) => fileOf(`${index}.md`));

test('A file that is refused, and one that cannot be converted, are told as theirs; the others are analysed', async () => {
  const damaged = new AppError('FILE_DAMAGED', { fileName: 'cut.pdf', problem: 'it ends too early' });
  const { client, started } = fakeService({
    refused: {
      'empty.md': refusal('FILE_EMPTY', { fileName: 'empty.md' }),
      'deck.pptx': refusal('FORMAT_UNSUPPORTED', { fileName: 'deck.pptx', problem: 'it is a deck', supported: 'PDF' }),
      'odd.md': refusal('REQUEST_INVALID', { field: 'fileName', problem: 'it is too long' }),
    },
    broken: { 'cut.pdf': damaged },
  });
  const files = ['empty.md', 'a.md', 'deck.pptx', 'cut.pdf', 'odd.md', 'b.md'].map((name) => fileOf(name));
  const unreadable = [{ file: 'rfp/plan.docx', failure: { reason: 'FILE_EMPTY' } }];
  const sent = await sending({ client, files, unreadable });

  expect(
    sent.documents.map(({ file, failure, markdown }) => [file, failure?.reason ?? (markdown ? 'read' : '')]),
  ).toEqual([
    ['empty.md', 'FILE_EMPTY'],
    ['a.md', 'read'],
    ['deck.pptx', 'FORMAT_UNSUPPORTED'],
    ['cut.pdf', 'FILE_DAMAGED'],
    ['odd.md', 'REQUEST_INVALID'],
    ['b.md', 'read'],
  ]);
  expect(sent.documents[0]?.failure?.message).toBe('empty.md is empty (0 bytes). Export or download it again.');
  const read = [sent.documents[1], sent.documents[5]].map((document) => document?.conversion?.conversionId);
  expect(started.map(({ conversionIds }) => conversionIds)).toEqual([read]);
  expect(started[0]?.notRead).toEqual([
    { fileName: 'plan.docx', reason: 'FILE_EMPTY' },
    { fileName: 'empty.md', reason: 'FILE_EMPTY' },
    { fileName: 'deck.pptx', reason: 'FORMAT_UNSUPPORTED' },
    { fileName: 'cut.pdf', reason: 'FILE_DAMAGED' },
    { fileName: 'odd.md', reason: 'REQUEST_INVALID' },
  ]);
  expect(sent.uploaded).toBe(3);
  expect(sent.run?.state).toBe('completed');
});

test('When no file is taken, nothing is waited for and no run begins', async () => {
  const { client, calls } = fakeService({ refused: { 'a.md': refusal('FILE_EMPTY', { fileName: 'a.md' }) } });
  const sent = await sending({ client, files: [fileOf('a.md')] });
  expect(sent.run).toBeUndefined();
  expect(calls).toEqual(['createUpload']);
});

test('Conversions that stand on several pages of the list are all waited for', async () => {
  const { client, started } = fakeService({ pageSize: 3 });
  await sending({ client, files: named(10) });
  expect(started[0]?.conversionIds).toHaveLength(10);
});

test('A document that is deleted while it is waited for is told as missing, and the others are analysed', async () => {
  const service = fakeService();
  service.before = (operation) => {
    if (operation === 'listConversions') service.conversions.delete('conversion1');
  };
  const { documents, run } = await sending({ client: service.client, files: named(2) });
  expect(documents.map(({ failure }) => failure?.reason)).toEqual(['CONVERSION_NOT_FOUND', undefined]);
  expect(run?.state).toBe('completed');
});

test('A package that fails as a whole leaves none of its uploads behind, and says how many they were', async () => {
  const service = fakeService();
  service.before = (operation) => {
    if (operation === 'startAnalysis') throw refusal('FORBIDDEN');
  };
  const taken: TakenBack[] = [];
  const { client } = service;
  const sent = sending({ client, files: named(3), onTakenBack: (back) => taken.push(back) });
  await expect(sent).rejects.toMatchObject({ reason: 'FORBIDDEN' });
  expect(taken).toEqual([{ deleted: 3, kept: 0 }]);
  expect(service.conversions.size).toBe(0);
});

test('An upload that fails ends the others before they are taken back', async () => {
  const service = fakeService();
  let ended = 0;
  service.onPut = async (signal) => {
    if (service.calls.filter((call) => call === 'PUT').length === 4) return new Response('no room', { status: 507 });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await new Promise(setImmediate);
    ended += 1;
    throw signal.reason;
  };
  await expect(sending({ client: service.client, files: named(9) })).rejects.toThrow('refused with 507: no room');
  expect(ended).toBe(3);
  expect(service.calls.filter((call) => call === 'createUpload')).toHaveLength(4);
  expect(service.calls.slice(-4)).toEqual(Array(4).fill('deleteConversion'));
  expect(service.conversions.size).toBe(0);
});

test('After Ctrl-C what was uploaded is deleted without waiting for a service that says "later"', async () => {
  const service = fakeService();
  const interrupt = new AbortController();
  service.before = (operation) => {
    if (operation === 'listConversions') interrupt.abort();
    const deletions = service.calls.filter((call) => call === 'deleteConversion').length;
    if (operation === 'deleteConversion' && deletions > 2) throw refusal('RATE_LIMITED', { limit: 20 }, 3600);
  };
  const taken: TakenBack[] = [];
  const { client } = service;
  const { signal } = interrupt;
  const sent = sending({ client, files: named(5), signal, onTakenBack: (back) => taken.push(back) });
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  expect(taken).toEqual([{ deleted: 2, kept: 3 }]);
});

test('What a run reads is not deleted when its results cannot be fetched', async () => {
  const service = fakeService();
  service.before = (operation) => {
    if (operation === 'exportRun') throw refusal('FORBIDDEN');
  };
  await expect(sending({ client: service.client, files: named(2) })).rejects.toMatchObject({ reason: 'FORBIDDEN' });
  expect(service.conversions.size).toBe(2);
});

test('While uploads have to wait, it is said once for how long, and how far the package is', async () => {
  const service = fakeService();
  const limited = refusal('RATE_LIMITED', { limit: 20, window: 'minute' }, 0.05);
  let isClosed = true;
  service.before = (operation) => {
    const asked = service.calls.filter((call) => call === 'createUpload').length;
    if (operation === 'createUpload' && asked > 5 && isClosed) {
      setTimeout(() => {
        isClosed = false;
      }, 20);
      throw limited;
    }
  };
  const waits: [string, number, number][] = [];
  const sent = await sending({
    client: service.client,
    files: named(12),
    onWait: ({ operation, seconds }, { uploaded }) => waits.push([operation, seconds, uploaded]),
  });
  expect(waits).toEqual([['createUpload', 0.05, expect.any(Number)]]);
  expect(sent.uploaded).toBe(12);
});
