/** Our metrics beside the program that comes with the corpus, on every document it has, as converted and damaged. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CorpusDocument, readCorpus } from '../../../bench/conversion/corpus-documents.ts';
import { runMdraft } from '../../../bench/conversion/run-mdraft.ts';
import { locateCorpus } from '../../../bench/locate-corpus.ts';
import { type DocumentScore, scoreDocument } from '../../../bench/metrics/score-document.ts';
import { lastWords, runProgram } from '../../../bench/run-cli.ts';

const MISSING = 'the conversion corpus is not here (set MDRAFT_CORPUS)';
const TITLE = 'Our metrics are those of the scorer of the corpus to a millionth';
const MINUTES = 60_000;

const NAMES: Readonly<Record<string, keyof DocumentScore>> = {
  ...{ overall: 'overall', nid: 'nid', nid_s: 'nidText', teds: 'teds', teds_s: 'tedsStructure', mhs: 'mhs' },
  ...{ mhs_s: 'mhsStructure', h_f1: 'headingF1', h_lvl: 'headingLevel', li_f1: 'listF1', leak: 'leaksPerPage' },
};

const DAMAGES: Readonly<Record<string, (markdown: string) => string>> = {
  'as it was converted': (markdown) => markdown,
  'cut off': (markdown) => markdown.slice(0, Math.floor(markdown.length / 2)),
  'without headings': (markdown) => markdown.replace(/^#+ /gm, ''),
  'with its first tenth at its end': (markdown) => {
    const tenth = Math.floor(markdown.length / 10);
    return `${markdown.slice(tenth)}\n\n${markdown.slice(0, tenth)}`;
  },
  'with its tables broken up': (markdown) =>
    markdown.replace(/\|/g, (bar, at: number) => (at % 7 ? bar : '</td><td colspan="2">')),
  'with HTML tables one in the other': (markdown) =>
    markdown.replace(
      /^#/gm,
      '<h2>x</h2><table><tr><td>a<table><tr><th>b</th>c</table>d<tbody class="x"><tr><td>&eacute;</table>\n\n#',
    ),
};
/** Each document gets one kind of damage besides none at all: the whole takes long enough. */
const damageOf = (index: number): string => Object.keys(DAMAGES)[1 + (index % (Object.keys(DAMAGES).length - 1))] ?? '';

const scoreWithProgram = async (
  corpus: string,
  folder: string,
): Promise<Record<string, Record<string, number | null>>> => {
  const json = join(folder, 'scores.json');
  const run = await runProgram(process.execPath, [join(corpus, 'score.mjs'), '--pred', folder, '--json', json]);
  if (run.exitCode !== 0) throw new Error(`score.mjs ended with ${lastWords(run)}`);
  const { documents }: { documents: ({ id: string } & Record<string, number | null>)[] } = JSON.parse(
    readFileSync(json, 'utf8'),
  );
  return Object.fromEntries(documents.map(({ id, ...scores }) => [id, scores]));
};

const compare = (corpus: string): void => {
  let folder = '';
  let documents: CorpusDocument[] = [];
  let markdown = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mdraft-metrics-'));
    documents = readCorpus(join(corpus, 'manifest.json'));
    const { conversions } = await runMdraft(documents);
    markdown = new Map([...conversions].map(([id, one]) => [id, 'markdown' in one ? one.markdown : '']));
  }, 3 * MINUTES);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const expectSame = async (name: string, damage: (index: number) => string): Promise<void> => {
    const predictions = join(folder, name);
    mkdirSync(predictions);
    const texts = documents.map(({ id }, index) => DAMAGES[damage(index)]?.(markdown.get(id) ?? '') ?? '');
    for (const [index, { id }] of documents.entries()) writeFileSync(join(predictions, `${id}.md`), texts[index] ?? '');
    const theirs = await scoreWithProgram(corpus, predictions);
    const differences = documents.flatMap((document, index) => {
      const ours = scoreDocument(document.truth, texts[index] ?? '', document);
      return Object.entries(NAMES).flatMap(([name, ourName]) => {
        const [expected, actual] = [theirs[document.id]?.[name] ?? null, ours[ourName]];
        const isSame = expected === null || actual === null ? expected === actual : Math.abs(expected - actual) <= 1e-6;
        return isSame ? [] : [`${document.id}, ${damage(index)}, ${name}: ${expected} and ${actual}`];
      });
    });
    expect(documents.length).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  };

  test(
    'on every document as it was converted',
    () => expectSame('converted', () => 'as it was converted'),
    3 * MINUTES,
  );
  test('on every document that was damaged', () => expectSame('damaged', damageOf), 3 * MINUTES);
  test('on documents of which nothing is left', () => expectSame('empty', () => 'nothing is left'), 3 * MINUTES);
};

const corpus = locateCorpus('conversion');
if (corpus) describe(TITLE, () => compare(corpus));
else {
  process.stderr.write(`Skipped: ${TITLE}: ${MISSING}.\n`);
  test.skip(`${TITLE}: not run, because ${MISSING}`, () => undefined);
}
