/** The text of a shape or a cell: paragraphs and lists. */
import type { PhrasingContent, RootContent } from 'mdast';
import { ListBuilder } from '../list-builder.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf, textOf } from '../ooxml/xml.ts';
import { AutoNumberCounter, readListLevel, showAutoNumber } from './list-levels.ts';
import type { PptxReading } from './reading.ts';
import { chosenElements } from './reading.ts';

/**
 * `inherited`: list styles that apply where the body says nothing of its own, the nearest first. A line that is set off as a heading is one, of
 * level 1 whatever stands above the body.
 */
export const readTextBody = (
  reading: PptxReading,
  body: XmlElement | undefined,
  inherited: readonly (XmlElement | undefined)[],
): RootContent[] => {
  const blocks: RootContent[] = [];
  const lists = new ListBuilder(blocks);
  const numbers = new AutoNumberCounter();
  const styles = [child(body, 'a:lstStyle'), ...inherited, reading.defaultTextStyle];
  for (const paragraph of elementsOf(body, 'a:p')) {
    const children = readParagraph(reading, paragraph);
    if (!children.some(isVisible)) continue;
    const { bullet, level, textLeft, firstLineLeft } = readListLevel(child(paragraph, 'a:pPr'), styles);
    const content: RootContent = { type: 'paragraph', children };
    if (bullet.kind === 'number') {
      const { scheme, startAt } = bullet;
      const numbering = showAutoNumber(numbers.next(level, scheme, startAt), scheme);
      const listId = `${scheme} ${startAt}`;
      lists.add({ numbering, isBullet: false, level, listId, indentLeft: undefined, textLeft, content });
      continue;
    }
    if (bullet.kind === 'char') {
      numbers.interrupt(level);
      const entry = { numbering: bullet.text, isBullet: true, level, listId: '', indentLeft: undefined };
      lists.add({ ...entry, textLeft, content });
    } else if (isSetOff(paragraph, children)) {
      numbers.interrupt(0);
      lists.end();
      blocks.push({ type: 'heading', depth: 1, children: withoutMarks(children) });
    } else if (!lists.addContinuation(content, firstLineLeft)) {
      numbers.interrupt(level);
      lists.end();
      blocks.push(content);
    }
  }
  return blocks;
};

/** 18 points, in hundredths: more than the lines of a text are set apart by. */
const SPACE_ABOVE_HEADING = 1800;
const LONGEST_HEADING = 120;

/** All bold, short, and with space above that was asked for here: a heading inside the text of a slide. */
const isSetOff = (paragraph: XmlElement, children: readonly PhrasingContent[]): boolean => {
  const space = child(child(child(paragraph, 'a:pPr'), 'a:spcBef'), 'a:spcPts');
  if (Number(attribute(space, 'val') ?? 0) < SPACE_ABOVE_HEADING) return false;
  const length = elementsOf(paragraph, 'a:r').reduce((sum, run) => sum + textOf(run).length, 0);
  return length <= LONGEST_HEADING && children.every((node) => node.type === 'strong' || !isVisible(node));
};

/** All lines of a title as one. */
export const readTitle = (reading: PptxReading, body: XmlElement | undefined): PhrasingContent[] =>
  elementsOf(body, 'a:p')
    .map((paragraph) => withoutMarks(readParagraph(reading, paragraph)))
    .filter((children) => children.some(isVisible))
    .flatMap((children, index) => (index === 0 ? children : [text(' '), ...children]));

const text = (value: string): PhrasingContent => ({ type: 'text', value });

export const isVisible = (node: PhrasingContent): boolean => {
  if ('children' in node) return node.children.some(isVisible);
  return 'value' in node ? node.value.trim() !== '' : node.type !== 'break';
};

const withoutMarks = (children: readonly PhrasingContent[]): PhrasingContent[] =>
  children.flatMap((node): PhrasingContent[] => {
    if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete')
      return withoutMarks(node.children);
    if (node.type === 'link') return [{ ...node, children: withoutMarks(node.children) }];
    return [node.type === 'break' ? text(' ') : node];
  });

const readParagraph = (reading: PptxReading, paragraph: XmlElement): PhrasingContent[] =>
  chosenElements(paragraph).flatMap((element): PhrasingContent[] => {
    switch (element.name) {
      case 'a:r':
        return readRun(reading, element);
      case 'a:br':
        return [{ type: 'break' }];
      case 'a:fld':
        // The number of the slide is furniture wherever it stands.
        return attribute(element, 'type') === 'slidenum' ? [] : readRun(reading, element);
      case 'a:pPr':
      case 'a:endParaRPr':
        return [];
      default:
        return [text(textOf(element))];
    }
  });

const readRun = (reading: PptxReading, run: XmlElement): PhrasingContent[] => {
  const properties = child(run, 'a:rPr');
  const shown = child(run, 'a:t');
  // A vertical tab is a line break that was pasted (ST_Xstring escapes it).
  const lines = shown ? textOf(shown).split(/\v|_x000B_/) : [];
  let nodes = lines.flatMap((line, index): PhrasingContent[] =>
    index === 0 ? [text(line)] : [{ type: 'break' }, text(line)],
  );
  if (nodes.length === 0) return [];
  if (isOn(attribute(properties, 'i'))) nodes = [{ type: 'emphasis', children: nodes }];
  if (isOn(attribute(properties, 'b'))) nodes = [{ type: 'strong', children: nodes }];
  if (/^(?:sng|dbl)Strike$/.test(attribute(properties, 'strike') ?? '')) nodes = [{ type: 'delete', children: nodes }];
  const link = reading.relationships.get(attribute(child(properties, 'a:hlinkClick'), 'id') ?? '');
  return link?.external ? [{ type: 'link', url: link.target, children: nodes as [] }] : nodes;
};

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';
