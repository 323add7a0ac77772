/** Ends of paragraphs, cells and rows. */
import type { RootContent } from 'mdast';
import type { ListNumber } from '../docx/numbering.ts';
import type { RtfOutput, RtfReading } from './reading.ts';

/** `atLeast`: the table depth that the end mark itself says. */
export const endParagraph = (reading: RtfReading, atLeast = 0): void => {
  const { state, output } = reading;
  const children = output.runs.take();
  const style = reading.styles.get(state.style);
  const number = numberOf(output, state.listId, state.listLevel);
  const outlineLevel = state.outlineLevel ?? style?.outlineLevel;
  const depth = state.inTable ? Math.max(1, state.tableDepth) : 0;
  output.flow.paragraph(
    {
      children,
      styleName: style?.name ?? '',
      ...(outlineLevel === undefined ? {} : { outlineLevel, outlineFromStyle: style?.outlineLevel !== undefined }),
      ...(number ? { number } : {}),
      ...(state.indentLeft === undefined ? {} : { indentLeft: state.indentLeft }),
      ...(state.firstLine === undefined ? {} : { firstLine: state.firstLine }),
    },
    Math.max(depth, atLeast),
  );
  for (const box of output.boxes.splice(0)) output.flow.push(box);
  output.marker = '';
};

/** Word draws its second bullet with the letter o. */
const LETTER_BULLET = 'o';

const numberOf = ({ marker }: RtfOutput, listId: number | undefined, level: number): ListNumber | undefined => {
  const shown = marker.replace(/\s+/g, ' ').trim();
  if (shown === '') return undefined;
  const text = shown === LETTER_BULLET ? '◦' : shown;
  return { text, isBullet: !/[\p{L}\p{N}]/u.test(text), level, listId: `ls${listId ?? ''}` };
};

export const endCell = (reading: RtfReading, depth: number): void => {
  endParagraph(reading, depth);
  reading.output.flow.endCell(depth);
};

export const endRow = (reading: RtfReading, depth: number): void => {
  reading.output.flow.endRow(depth, depth > 1 ? reading.nestedRow : reading.row);
};

/** Everything up to here, as blocks; the last paragraph may have no end of its own. */
export const endOutput = (reading: RtfReading): RootContent[] => {
  endParagraph(reading);
  return reading.output.flow.end();
};
