/** Archives and mails through the whole system: their matrix is that of what is in them, and what is in them goes with them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { ConversionView } from '../../functions/src/contracts/conversion.ts';
import { savePackage } from '../../scripts/whole-system/save-package.ts';
import { sendPackage } from '../../scripts/whole-system/send-package.ts';
import { makePdf, textLines } from '../support/make-pdf.ts';
import { type Operator, openOperator, uploadFile, visit } from '../support/system-uploads.ts';
import {
  describeWithWholeSystem,
  startWholeSystem,
  temporaryFolder,
  type WholeSystem,
} from '../support/whole-system.ts';

const ROOT = join(import.meta.dirname, '../..');
const SECOND = { x: 72, y: 90 };
const SENTENCES = {
  pdf: 'The Contractor shall sweep the reading room daily.',
  north: 'The Contractor shall paint the north wall white.',
  south: 'The Contractor shall paint the south wall grey.',
  mail: 'The Offeror shall acknowledge this message by return.',
};
const PDF = makePdf([
  { texts: textLines(['Cover sheet.'], SECOND.x, SECOND.y) },
  { texts: textLines([SENTENCES.pdf], SECOND.x, SECOND.y) },
]);
const zip = (files: Zippable): Uint8Array => zipSync(files, { mtime: '2026-01-05T12:00:00' });

const ARCHIVE = zip({
  'RFP/base.pdf': PDF,
  'RFP/walls/north.md': strToU8(`# North\n\n${SENTENCES.north}\n`),
  'RFP/again/base copy.pdf': PDF,
  'RFP/more.zip': zip({ 'south.txt': strToU8(`${SENTENCES.south}\n`) }),
  'RFP/tool.bin': new Uint8Array([0, 1, 2, 3]),
  '__MACOSX/RFP/._base.pdf': new Uint8Array([0, 5, 22, 7]),
  'RFP/.DS_Store': new Uint8Array([0, 0, 0, 1]),
});

const MAIL = strToU8(
  [
    'From: Contracting Officer <co@agency.example>',
    'To: bids@example.com',
    'Subject: Wall painting',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    '',
    SENTENCES.mail,
    '--part',
    'Content-Type: application/pdf; name="base.pdf"',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="base.pdf"',
    '',
    Buffer.from(PDF).toString('base64'),
    '--part--',
    '',
  ].join('\r\n'),
);

describeWithWholeSystem('archives and mails', () => {
  const folder = temporaryFolder();
  let system: WholeSystem;
  let operator: Operator;

  beforeAll(async () => {
    system = await startWholeSystem({ folder: folder.path });
    operator = openOperator(system.cloud);
  });
  afterAll(async () => {
    await operator?.close();
    await system?.close();
    folder.remove();
  });

  const runOf = async (fileName: string, bytes: Uint8Array) => {
    const sent = await uploadFile(system.client, { fileName, bytes, kinds: ['compliance-matrix'] });
    const { orgId, conversionId, runId = '', children = [] } = await operator.settledConversion(sent);
    const { state, documents, notRead, coverage } = await operator.settledRun({ orgId, runId });
    const { rows } = await system.client.listRows({ runId, pageSize: 100 });
    const nameOf = new Map(documents.map((each) => [each.documentId, each.fileName]));
    const quotes = rows.map(({ source, requirementText }) => [
      nameOf.get(source.documentId),
      source.pageNumber,
      requirementText,
    ]);
    return { conversionId, children, orgId, runId, state, notRead, coverage, documents, quotes };
  };

  const named = async (conversionIds: readonly string[]): Promise<ConversionView[]> =>
    Promise.all(
      conversionIds.map(async (conversionId) => (await system.client.getConversion({ conversionId })).conversion),
    );

  test('An archive that names its kinds is analysed when all that is in it is read: files in folders and archives, each once; deleted, it takes all of it along', async () => {
    const ran = await runOf('package.zip', ARCHIVE);
    expect(ran.quotes.sort()).toEqual([
      ['base.pdf', 2, SENTENCES.pdf],
      ['north.md', undefined, SENTENCES.north],
      ['south.txt', undefined, SENTENCES.south],
    ]);
    expect(ran).toMatchObject({
      state: 'partial',
      notRead: [{ fileName: 'tool.bin', reason: 'FORMAT_UNSUPPORTED' }],
      coverage: { complete: false },
    });
    const inside = await named(ran.children);
    expect(inside.map(({ fileName, state }) => [fileName, state])).toEqual([
      ['base.pdf', 'completed'],
      ['north.md', 'completed'],
      ['base copy.pdf', 'completed'],
      ['more.zip', 'completed'],
      ['tool.bin', 'failed'],
    ]);
    const ids = [ran.conversionId, ...ran.children, ...inside.flatMap(({ children = [] }) => children)];
    expect(ids).toHaveLength(7);

    const stranger = await visit(system.cloud, folder.path, 'stranger');
    const missing = { status: 404, reason: 'CONVERSION_NOT_FOUND' };
    for (const conversionId of ids) {
      await expect(stranger.client.getConversion({ conversionId })).rejects.toMatchObject(missing);
    }
    await system.client.deleteConversion({ conversionId: ran.conversionId });
    for (const conversionId of ids) {
      await expect(system.client.getConversion({ conversionId })).rejects.toMatchObject(missing);
    }
    await expect(system.client.getRun({ runId: ran.runId })).rejects.toMatchObject({ status: 404 });
    const { conversions } = await system.client.listConversions({ pageSize: 100 });
    expect(conversions.filter(({ conversionId }) => ids.includes(conversionId))).toEqual([]);
  });

  test('A mail is analysed with its attachments, and its own text is a document of the matrix', async () => {
    const { state, coverage, quotes } = await runOf('wall.eml', MAIL);
    expect(quotes.sort()).toEqual([
      ['base.pdf', 2, SENTENCES.pdf],
      ['wall.eml', undefined, SENTENCES.mail],
    ]);
    expect({ state, coverage }).toMatchObject({ state: 'completed', coverage: { complete: true } });
  });

  test('A package of an archive and a mail gives, byte for byte, the files that mdraft analyze writes', async () => {
    const given = [
      { file: 'package.zip', bytes: ARCHIVE },
      { file: 'wall.eml', bytes: MAIL },
    ];
    const mine = join(folder.path, 'mine');
    mkdirSync(mine);
    for (const { file, bytes } of given) writeFileSync(join(mine, file), bytes);
    const script = join(ROOT, 'scripts/mdraft.ts');
    const alone = spawnSync(
      process.execPath,
      [script, 'analyze', ...given.map(({ file }) => file), '--out-dir', 'alone'],
      { cwd: mine, env: { ...process.env, INIT_CWD: mine }, encoding: 'utf8' },
    );
    expect(alone.status).toBe(3);

    const sent = await sendPackage({
      client: system.client,
      files: given.map(({ file, bytes }) => ({ file, fileName: file, bytes })),
      kinds: ['compliance-matrix'],
      formats: ['json', 'xlsx', 'csv', 'md'],
      signal: AbortSignal.timeout(40_000),
    });
    const ours = join(mine, 'ours');
    await savePackage(sent, ours, async () => undefined);
    const names = readdirSync(join(mine, 'alone')).sort();
    expect(names).toEqual(expect.arrayContaining(['base.md', 'north.md', 'south.md', 'wall.md']));
    expect(readdirSync(ours).sort()).toEqual(names);
    for (const name of names) {
      const same = readFileSync(join(ours, name)).equals(readFileSync(join(mine, 'alone', name)));
      expect([name, same]).toEqual([name, true]);
    }
    const analysis = JSON.parse(readFileSync(join(ours, 'analysis.json'), 'utf8'));
    expect(analysis.complianceMatrix.coverage).toMatchObject({
      complete: false,
      chunks: { failed: ['tool.bin: FORMAT_UNSUPPORTED'] },
    });
  });
});
