/** What is carried along while an RTF document is read. */
import type { RootContent } from 'mdast';
import type { RunningText } from '../source-tree.ts';
import { createUnseenLog } from '../unseen-characters.ts';
import { ParagraphFlow } from '../word-text/paragraph-flow.ts';
import { RunCollector } from '../word-text/run-collector.ts';
import type { GroupState, RowDefinition } from './group-state.ts';
import { firstState, newRow } from './group-state.ts';

/** A body of its own: the document's, a header's, a note's, a text box's. */
export interface RtfOutput {
  flow: ParagraphFlow;
  runs: RunCollector;
  /** The number or bullet of the paragraph that is being read. */
  marker: string;
  /** Text boxes anchored in the paragraph; they follow it. */
  boxes: RootContent[][];
}

export const newOutput = (): RtfOutput => ({
  flow: new ParagraphFlow(),
  runs: new RunCollector(),
  marker: '',
  boxes: [],
});

export interface RtfStyle {
  /** Lower case. */
  name: string;
  outlineLevel: number | undefined;
}

export class RtfReading {
  state: GroupState = firstState();
  /** The innermost is the last. */
  readonly outputs: RtfOutput[] = [newOutput()];
  row: RowDefinition = newRow();
  nestedRow: RowDefinition = newRow();
  encoding = 'windows-1252';
  defaultFont: number | undefined;
  /** Encoding by font number; of a symbol font 'symbol'. */
  readonly fonts = new Map<number, string>();
  readonly fontNames = new Map<number, string>();
  readonly styles = new Map<number, RtfStyle>();
  readonly characterStyles = new Map<number, string>();
  readonly footnoteBlocks: RootContent[] = [];
  readonly endnoteBlocks: RootContent[] = [];
  /** The note that was begun last is an endnote. */
  inEndnote = false;
  /** Name of the shape's property whose value comes next. */
  shapeProperty = '';
  footnotes = 0;
  endnotes = 0;
  readonly running: { blocks: RootContent[]; position: RunningText['position'] }[] = [];
  readonly metadata: Record<string, string> = {};
  insertions = 0;
  deletions = 0;
  readonly unseen = createUnseenLog();
  /** What the last text was, so that each stretch of it counts once. */
  lastChange: 'deleted' | 'hidden' | 'inserted' | undefined;
  comments = 0;
  embeddedFiles = 0;
  externalResources = 0;
  /** Characters that could not be decoded. */
  unreadable = 0;

  get output(): RtfOutput {
    return this.outputs.at(-1) as RtfOutput;
  }

  /** Number of the font that holds; -1 if none does. */
  get font(): number {
    return this.state.font ?? this.defaultFont ?? -1;
  }

  get currentRow(): RowDefinition {
    return this.state.inNestedRow ? this.nestedRow : this.row;
  }
}
