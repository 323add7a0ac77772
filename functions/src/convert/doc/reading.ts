/** What is carried along while a Word document of the binary format is read. */
import type { NumberCounter } from '../docx/numbering.ts';
import type { ByteView } from '../ole2/byte-view.ts';
import { createUnseenLog } from '../unseen-characters.ts';
import type { PropertyRun } from './formatted-pages.ts';
import { runAt } from './formatted-pages.ts';
import type { Piece, PieceText } from './pieces.ts';
import type { CharacterProperties, ParagraphProperties } from './properties.ts';
import { characterProperties, paragraphProperties } from './properties.ts';
import type { DocStyle } from './styles.ts';

interface Parts extends PieceText {
  characterRuns: readonly PropertyRun[];
  paragraphRuns: readonly PropertyRun[];
  styleOf(index: number): DocStyle | undefined;
  numbers: NumberCounter;
  data: ByteView;
  /** Label of the note that is referred to at a place in the text. */
  noteLabels: ReadonlyMap<number, string>;
}

export class DocReading {
  readonly parts: Parts;
  insertions = 0;
  deletions = 0;
  readonly unseen = createUnseenLog();
  /** What the last text was, so that each stretch of it counts once. */
  lastChange: 'inserted' | 'deleted' | 'hidden' | undefined;
  unreadable = 0;
  readonly #longLists = new Map<number, ParagraphProperties>();
  readonly #characters = new Map<PropertyRun, CharacterProperties>();
  readonly #paragraphs = new Map<PropertyRun, ParagraphProperties & { styleName: string; outlineFromStyle: boolean }>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  pieceAt(place: number): Piece | undefined {
    const { pieces } = this.parts;
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle]?.end ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return pieces[low];
  }

  /** What holds for the characters from a place on, and up to which place. */
  charactersAt(place: number): { properties: CharacterProperties; end: number } {
    const piece = this.pieceAt(place);
    if (!piece) return { properties: {}, end: place + 1 };
    const offset = offsetIn(piece, place);
    const run = runAt(this.parts.characterRuns, offset);
    if (!run) return { properties: {}, end: piece.end };
    const known = this.#characters.get(run) ?? characterProperties(run.properties);
    this.#characters.set(run, known);
    const end = place + Math.max(1, Math.ceil((run.end - offset) / piece.bytesPerCharacter));
    return { properties: known, end: Math.min(end, piece.end) };
  }

  /** What holds for the paragraph around a place, with what its style says. */
  paragraphAt(place: number): ParagraphProperties & { styleName: string; outlineFromStyle: boolean } {
    const piece = this.pieceAt(place);
    const run = piece && runAt(this.parts.paragraphRuns, offsetIn(piece, place));
    if (!run) return { styleName: '', outlineFromStyle: false };
    const known = this.#paragraphs.get(run) ?? this.#readParagraph(run.properties);
    this.#paragraphs.set(run, known);
    return known;
  }

  /** Many paragraphs may name the same one. */
  #longList(place: number): ParagraphProperties {
    const { data } = this.parts;
    const known = this.#longLists.get(place) ?? paragraphProperties(data.slice(place + 2, data.u16(place)));
    this.#longLists.set(place, known);
    return known;
  }

  #readParagraph(properties: ByteView) {
    const style = this.parts.styleOf(properties.u16(0));
    const own = paragraphProperties(properties.slice(2, properties.length), (place) => this.#longList(place));
    return {
      ...style?.paragraph,
      ...own,
      styleName: style?.name ?? '',
      outlineFromStyle: style?.paragraph.outlineLevel !== undefined,
    };
  }
}

const offsetIn = (piece: Piece, place: number): number =>
  piece.offset + (place - piece.start) * piece.bytesPerCharacter;
