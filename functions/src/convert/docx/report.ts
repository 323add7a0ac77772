/** What of a Word document is not in its Markdown, said openly. */
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import type { OfficePackage } from '../ooxml/package.ts';
import { count, packageSafety } from '../ooxml/package-safety.ts';
import { elementsOf } from '../ooxml/xml.ts';
import type { DocxReading } from './reading.ts';

export const reportMessages = (reading: DocxReading, office: OfficePackage): ConversionMessage[] => {
  const messages: ConversionMessage[] = [];
  const add = (level: ConversionMessage['level'], code: string, text: string) => messages.push({ level, code, text });
  const { insertions, deletions, drawingsLeftOut, chunksLeftOut } = reading;
  if (insertions + deletions > 0) {
    const text = `${count(insertions, 'tracked insertion')} kept and ${count(deletions, 'tracked deletion')} left out, as if all were accepted.`;
    add('warning', 'TRACKED_CHANGES', text);
  }
  const comments = elementsOf(office.xml('word/comments.xml'), 'w:comment').length;
  if (comments > 0) add('info', 'COMMENTS_LEFT_OUT', `${count(comments, 'comment')} of reviewers left out.`);
  if (drawingsLeftOut > 0)
    add(
      'warning',
      'DRAWINGS_LEFT_OUT',
      `${count(drawingsLeftOut, 'chart')} or diagrams left out; check them in the document.`,
    );
  if (chunksLeftOut > 0)
    add(
      'warning',
      'CHUNKS_LEFT_OUT',
      `${count(chunksLeftOut, 'inserted document')} left out; open the file in Word and save it to merge them.`,
    );
  return messages;
};

export const reportSafety = (reading: DocxReading, office: OfficePackage): SafetyFinding[] => {
  return [...packageSafety(office, [...reading.relationships.values()], 'document'), ...reading.unseen.findings()];
};
