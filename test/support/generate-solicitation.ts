/**
 * Writes solicitations of any length whose sentences are known by construction.
 *
 *   node test/support/generate-solicitation.ts --pages 900 --seed 1 --out DIR
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ContentBlock, countSentences, toMarkdown } from './content-blocks.ts';
import { createMeasure, drawPages } from './draw-pages.ts';
import { createTextSource, type TextSource } from './generate-text.ts';
import vocabulary from './generator-vocabulary.json' with { type: 'json' };
import { createLayout } from './page-layout.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

export interface GeneratedSolicitation {
  /** Exactly `pageCount` pages. */
  pdf: Promise<Uint8Array>;
  markdown: string;
  /** What the ledger of the Markdown has to count. The PDF's has `runningLines` more. */
  sentences: number;
  /** Sentences and list items that bind the offeror or the contractor. Lead-ins and table cells are not among them. */
  bindingSentences: number;
  /** One head and one foot per page. */
  runningLines: number;
  pageCount: number;
}

const NUMBER = 'LIB-26-R-0041';
const TITLE = `Solicitation ${NUMBER}: Digitization of Library Holdings`;

type Section = (typeof vocabulary.sections)[number];
/** Takes blocks that belong together; false when the last page has no room for them. */
type Accept = (group: readonly ContentBlock[]) => boolean;

/** Each section with the page on which it ends, by its share. */
const planSections = (pages: number): { section: Section; endPage: number }[] => {
  const total = vocabulary.sections.reduce((sum, { share }) => sum + share, 0);
  let shares = 0;
  return vocabulary.sections.map((section, index) => {
    shares += section.share;
    const isLast = index === vocabulary.sections.length - 1;
    return { section, endPage: isLast ? Number.POSITIVE_INFINITY : Math.round((shares / total) * pages) };
  });
};

/** Numbers the headings and paragraphs of one section: C.1, C.1.1, C.1.1.1. */
const createNumbering = (letter: string): ((level: 2 | 3 | 4) => string) => {
  const counts = [0, 0, 0];
  return (level) => {
    counts[level - 2] = (counts[level - 2] ?? 0) + 1;
    counts.fill(0, level - 1);
    return [letter, ...counts.slice(0, level - 1)].join('.');
  };
};

/** One numbered chapter: two to four parts of a few groups each. Headings go with the first group below them. */
const writeChapter = (
  { section, source, random }: { section: Section; source: TextSource; random: SeededRandom },
  opening: readonly ContentBlock[],
  nextNumber: (level: 2 | 3 | 4) => string,
  accept: Accept,
): boolean => {
  let headings: ContentBlock[] = [
    ...opening,
    { kind: 'heading', level: 2, number: nextNumber(2), text: source.title() },
  ];
  for (let parts = random.whole(2, 4); parts > 0; parts -= 1) {
    headings.push({ kind: 'heading', level: 3, number: nextNumber(3), text: source.title() });
    for (let groups = random.whole(2, 6); groups > 0; groups -= 1) {
      if (!accept([...headings, ...source.blocks(section.mix, () => nextNumber(4))])) return false;
      headings = [];
    }
  }
  return true;
};

const writeSections = (random: SeededRandom, pages: number, pageCount: () => number, accept: Accept): void => {
  const source = createTextSource(random);
  for (const [index, { section, endPage }] of planSections(pages).entries()) {
    const nextNumber = createNumbering(section.letter);
    let opening: ContentBlock[] = [
      { kind: 'heading', level: 1, number: `SECTION ${section.letter}:`, text: section.title },
    ];
    if (index === 0) opening.unshift({ kind: 'heading', level: 1, number: '', text: TITLE });
    do {
      if (!writeChapter({ section, source, random }, opening, nextNumber, accept)) return;
      opening = [];
    } while (pageCount() <= endPage);
  }
};

/** The same seed and number of pages give the same document. */
export const generateSolicitation = ({ seed, pages }: { seed: number; pages: number }): GeneratedSolicitation => {
  const layout = createLayout(createMeasure());
  const blocks: ContentBlock[] = [];
  const accept: Accept = (group) => {
    const undo = layout.mark();
    layout.place(group);
    if (layout.pageCount > pages) {
      undo();
      return false;
    }
    blocks.push(...group);
    return true;
  };
  writeSections(createSeededRandom(seed), pages, () => layout.pageCount, accept);
  return {
    pdf: drawPages(layout, {
      title: TITLE,
      author: 'Office of Library Collections',
      runningHead: `Solicitation ${NUMBER}`,
      runningFoot: (pageNumber, pageCount) => `Page ${pageNumber} of ${pageCount}`,
      compress: true,
    }),
    markdown: toMarkdown(blocks),
    ...countSentences(blocks),
    runningLines: 2 * layout.pageCount,
    pageCount: layout.pageCount,
  };
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      pages: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: '.' },
    },
  });
  const generated = generateSolicitation({ seed: Number(values.seed), pages: Number(values.pages) });
  const { pdf, markdown, ...counts } = generated;
  const stem = join(values.out, `solicitation-${values.pages}-pages-seed-${values.seed}`);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(`${stem}.pdf`, await pdf);
  writeFileSync(`${stem}.md`, markdown);
  writeFileSync(`${stem}.json`, `${JSON.stringify(counts, null, 2)}\n`);
  process.stdout.write(`${stem}.pdf, .md, .json: ${JSON.stringify(counts)}\n`);
};

if (import.meta.main) await main();
