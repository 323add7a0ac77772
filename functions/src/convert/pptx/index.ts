/** Presentations (.pptx and its kin) to a tree. */
import type { RootContent } from 'mdast';
import { readMetadata } from '../ooxml/metadata.ts';
import { mainPart, openPackage } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import { addSlides } from '../slides.ts';
import type { ConvertInput, ConvertLimits, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { createUnseenLog } from '../unseen-characters.ts';
import { createDesigns } from './design.ts';
import { addUnseen, type PptxReading } from './reading.ts';
import { reportMessages, reportSafety } from './report.ts';
import { readSlide } from './slide.ts';

/**
 * Slides in the order in which they are shown, hidden ones left out and counted. A slide's title is a heading, its speaker notes are a
 * quotation after it; charts and SmartArt are the tables and lists that they draw. A slide is no page: none are claimed.
 * Throws ARCHIVE_TOO_LARGE and FILE_DAMAGED.
 */
export const fromPptx = (input: ConvertInput, limits: ConvertLimits): SourceTree => {
  const office = openPackage(input.bytes, input.fileName, limits.unpackedBytes);
  const main = mainPart(office, 'ppt/presentation.xml', 'the ZIP archive has no presentation in it');
  const root = office.xml(main);
  const targets = office.relationships(main);
  const reading: PptxReading = {
    office,
    relationships: new Map(),
    slideSize: readSlideSize(root),
    defaultTextStyle: child(root, 'p:defaultTextStyle'),
    runningLines: new Map(),
    hiddenShapes: 0,
    unseen: createUnseenLog(),
    drawingsLeftOut: 0,
  };
  const designOf = createDesigns(office);
  const counts = { hiddenSlides: 0, slidesWithNotes: 0 };
  const slides = elementsOf(child(root, 'p:sldIdLst'), 'p:sldId').flatMap((entry) => {
    const target = targets.get(relationshipId(entry));
    const slide = target && !target.external ? office.xml(target.target) : undefined;
    if (!target || !slide) return [];
    if (/^(?:0|false)$/.test(attribute(slide, 'show') ?? '')) {
      counts.hiddenSlides += 1;
      addUnseen(reading, slide, 'hidden');
      return [];
    }
    const read = readSlide(reading, target.target, slide, designOf(target.target));
    if (read.notes.length > 0) counts.slidesWithNotes += 1;
    return [read];
  });
  const blocks: RootContent[] = [];
  addSlides(blocks, slides);
  const metadata = readMetadata(office);
  return {
    ...emptyTree(blocks),
    runningLines: [...reading.runningLines.values()],
    messages: reportMessages(reading, counts),
    safety: reportSafety(reading),
    metadata,
    ...(metadata.title ? { title: metadata.title } : {}),
    ...(metadata.language ? { language: metadata.language } : {}),
  };
};

/** `r:id`: a slide has a number of its own called `id` too. */
const relationshipId = (entry: XmlElement): string =>
  /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(entry.rawAttributes)?.[1] ?? '';

const readSlideSize = (root: XmlElement | undefined): PptxReading['slideSize'] => {
  const size = child(root, 'p:sldSz');
  const [width, height] = [Number(attribute(size, 'cx')), Number(attribute(size, 'cy'))];
  return width > 0 && height > 0 ? { width, height } : undefined;
};
