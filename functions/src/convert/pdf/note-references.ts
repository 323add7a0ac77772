/** Which raised numbers refer to which notes: those of the same number at the foot of the same page. */
import type { LayoutBlock, Line, TextBlock } from './layout-model.ts';
import type { NoteMark } from './note-marks.ts';

export interface NoteReference extends NoteMark {
  /** That of its note. */
  label: string;
}

interface NoteReferences {
  /** Only of notes that something refers to. */
  labels: ReadonlyMap<TextBlock, string>;
  /** In the order of each line's text. */
  byLine: ReadonlyMap<Line, NoteReference[]>;
}

/** The number that a note begins with. */
export const noteNumber = ({ lines }: TextBlock): string | undefined => /^\d{1,3}/.exec(lines[0]?.text ?? '')?.[0];

/** Letters of the number and of what stands behind it: two for "1." */
export const noteNumberLength = ({ lines }: TextBlock): number =>
  /^\d{1,3}[.)]?/.exec(lines[0]?.text ?? '')?.[0].length ?? 0;

interface Mark extends NoteMark {
  line: Line;
  note: TextBlock;
}

const notesByPlace = (notes: readonly TextBlock[]): Map<string, TextBlock> => {
  const byPlace = new Map<string, TextBlock>();
  const doubtful = new Set<string>();
  for (const note of notes) {
    const place = `${note.pageNumber} ${noteNumber(note) ?? ''}`;
    if (byPlace.has(place)) doubtful.add(place);
    byPlace.set(place, note);
  }
  for (const place of doubtful) byPlace.delete(place);
  return byPlace;
};

const marksOf = (block: TextBlock, notes: ReadonlyMap<string, TextBlock>): Mark[] => {
  let page = block.pageNumber;
  return block.lines.flatMap((line) => {
    page = line.pageNumber ?? page;
    return (line.noteMarks ?? []).flatMap(({ at, length }) => {
      const note = notes.get(`${page} ${line.text.slice(at, at + length)}`);
      return note ? [{ line, note, at, length }] : [];
    });
  });
};

/** Marks without a note and notes without a mark are left as they are: nothing is lost where they do not match. */
export const matchNotes = (blocks: readonly LayoutBlock[]): NoteReferences => {
  const texts = blocks.filter((block) => block.kind === 'text');
  const byPlace = notesByPlace(texts.filter(({ isNote }) => isNote));
  const marks = byPlace.size === 0 ? [] : texts.flatMap((block) => (block.isNote ? [] : marksOf(block, byPlace)));
  const counts = new Map<string | undefined, number>();
  const noted = new Set(marks.map(({ note }) => note));
  for (const note of noted) counts.set(noteNumber(note), (counts.get(noteNumber(note)) ?? 0) + 1);
  /** Numbers that begin anew on each page are told apart by it. */
  const labels = new Map(
    [...noted].map((note) => {
      const number = noteNumber(note) ?? '';
      return [note, counts.get(number) === 1 ? number : `${note.pageNumber}-${number}`] as const;
    }),
  );
  const byLine = new Map<Line, NoteReference[]>();
  for (const { line, note, at, length } of marks) {
    const reference = { at, length, label: labels.get(note) ?? '' };
    byLine.set(
      line,
      [...(byLine.get(line) ?? []), reference].toSorted((a, b) => a.at - b.at),
    );
  }
  return { labels, byLine };
};
