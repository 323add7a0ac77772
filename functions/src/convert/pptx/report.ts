/** What of a presentation is not in its Markdown, said openly. */
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import { count, packageSafety } from '../ooxml/package-safety.ts';
import { elementsOf } from '../ooxml/xml.ts';
import { speakerNotes } from '../slides.ts';
import type { PptxReading } from './reading.ts';

export interface SlideCounts {
  hiddenSlides: number;
  slidesWithNotes: number;
}

export const reportMessages = (reading: PptxReading, counts: SlideCounts): ConversionMessage[] => {
  const messages: ConversionMessage[] = [];
  const add = (level: ConversionMessage['level'], code: string, text: string) => messages.push({ level, code, text });
  const { office, drawingsLeftOut, hiddenShapes } = reading;
  if (counts.slidesWithNotes > 0) messages.push(speakerNotes(counts.slidesWithNotes));
  const comments = office.names
    .filter((name) => /^ppt\/comments\/[^/]+\.xml$/i.test(name))
    .reduce((sum, name) => sum + elementsOf(office.xml(name)).filter((element) => /:cm$/.test(element.name)).length, 0);
  if (comments > 0) add('info', 'COMMENTS_LEFT_OUT', `${count(comments, 'comment')} of reviewers left out.`);
  const hidden = [
    [counts.hiddenSlides, 'hidden slide'],
    [hiddenShapes, 'hidden shape'],
  ] as const;
  const named = hidden.filter(([number]) => number > 0).map(([number, noun]) => count(number, noun));
  if (named.length > 0) add('warning', 'HIDDEN_PARTS_LEFT_OUT', `${named.join(' and ')} of the presentation left out.`);
  if (drawingsLeftOut > 0) {
    const text = `${count(drawingsLeftOut, 'chart')}, diagrams or objects left out; check them in the presentation.`;
    add('warning', 'DRAWINGS_LEFT_OUT', text);
  }
  return messages;
};

export const reportSafety = (reading: PptxReading): SafetyFinding[] => {
  const { office } = reading;
  const parts = office.names.filter((name) => /^ppt\/.*_rels\/[^/]+\.rels$/i.test(name));
  const relationships = parts.flatMap((name) => [
    ...office.relationships(name.replace(/_rels\/([^/]+)\.rels$/i, '$1')).values(),
  ]);
  return [...packageSafety(office, relationships, 'presentation'), ...reading.unseen.findings()];
};
