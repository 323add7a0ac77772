/** Every metric of one document. The definitions are those of opendataloader-bench and of the corpus that is measured with. */
import { scoreHeadings } from './heading-scores.ts';
import { findTables } from './html-tables.ts';
import { indelSimilarity } from './indel-similarity.ts';
import { scoreLists } from './list-scores.ts';
import { pipeTablesToHtml } from './pipe-tables.ts';
import { collapseSpace, plainText } from './plain-text.ts';
import { sectionTree } from './section-tree.ts';
import { tableTree } from './table-tree.ts';
import { treeSimilarity } from './tree-distance.ts';

/** 1 is best; null: does not apply to the document. */
export interface DocumentScore {
  /** Mean of `nid`, TEDS (where the truth has tables) and `mhs` (where it has headings). */
  overall: number | null;
  /** Reading order: normalised indel similarity of the whole text. */
  nid: number | null;
  /** The same without tables. */
  nidText: number | null;
  /** Tree edit distance similarity of all tables; below 0 it is shown as 0, and enters `overall` as it is. */
  teds: number | null;
  /** The same without the texts of the cells. */
  tedsStructure: number | null;
  /** Markdown heading similarity. */
  mhs: number | null;
  /** The same without texts. */
  mhsStructure: number | null;
  headingF1: number | null;
  headingLevel: number | null;
  listF1: number | null;
  /** Running heads and feet left in the text, per page; 0 is best. */
  leaksPerPage: number | null;
}

export interface ScoredDocument {
  pages?: number | undefined;
  /** Regular expressions of lines that must not appear in the output. */
  furniture?: readonly string[] | undefined;
}

interface Similarity {
  whole: number | null;
  structure: number | null;
}

const NONE: Similarity = { whole: null, structure: null };
const ZERO: Similarity = { whole: 0, structure: 0 };

const scoreText = (truth: string, prediction: string): Similarity => {
  if (!prediction.trim()) return ZERO;
  if (!truth.trim()) return NONE;
  const similarity = (prepare: (html: string) => string): number =>
    indelSimilarity(
      collapseSpace(prepare(pipeTablesToHtml(truth))),
      collapseSpace(prepare(pipeTablesToHtml(prediction))),
    );
  const withoutTables = (html: string): string => html.replace(/<table[^>]*>[\s\S]*?<\/table>/gi, ' ');
  return { whole: similarity((html) => html), structure: similarity(withoutTables) };
};

const scoreTables = (truth: string, prediction: string): Similarity => {
  const [wanted, got] = [findTables(pipeTablesToHtml(truth)), findTables(pipeTablesToHtml(prediction))];
  if (wanted.length === 0) return NONE;
  return got.length === 0 ? ZERO : treeSimilarity(tableTree(wanted), tableTree(got));
};

const scoreSections = (truth: string, prediction: string): Similarity => {
  const [wanted, got] = [sectionTree(truth), sectionTree(prediction)];
  if (!wanted.hasHeadings) return NONE;
  if (!got.hasHeadings) return ZERO;
  const { whole, structure } = treeSimilarity(wanted, got);
  return { whole: atLeastZero(whole), structure: atLeastZero(structure) };
};

const countLeaks = (prediction: string, { furniture = [], pages = 1 }: ScoredDocument): number | null => {
  if (furniture.length === 0) return null;
  const text = prediction.replace(/\s+/g, ' ');
  const counts = furniture.map((pattern) => Array.from(text.matchAll(new RegExp(pattern, 'g'))).length);
  return counts.reduce((sum, count) => sum + count, 0) / Math.max(1, pages);
};

const atLeastZero = <Value extends number | null>(value: Value): Value | number =>
  value === null ? value : Math.max(0, value);

/** Of the values that apply; null when none does. */
export const mean = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** An empty `predicted` is what a document counts for that could not be converted. */
export const scoreDocument = (truth: string, predicted: string, document: ScoredDocument = {}): DocumentScore => {
  const [wanted, got] = [plainText(truth), plainText(predicted)];
  const text = scoreText(wanted, got);
  const tables = scoreTables(wanted, got);
  const sections = scoreSections(wanted, got);
  const headings = scoreHeadings(wanted, got);
  return {
    overall: mean([text.whole, tables.whole, sections.whole]),
    nid: text.whole,
    nidText: text.structure,
    teds: atLeastZero(tables.whole),
    tedsStructure: atLeastZero(tables.structure),
    mhs: sections.whole,
    mhsStructure: sections.structure,
    headingF1: headings.f1,
    headingLevel: headings.level,
    listF1: scoreLists(wanted, got),
    leaksPerPage: countLeaks(got, document),
  };
};
