/** What of a Word document is not in its Markdown, said openly. */
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import type { OfficePackage } from './package.ts';
import type { DocxReading } from './reading.ts';
import { elementsOf, textOf } from './xml.ts';

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

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
  const runningParts = office.names.filter((name) => /^word\/(?:header|footer)\d*\.xml$/i.test(name));
  const withText = runningParts.filter((name) => hasText(office, name)).length;
  if (withText > 0)
    add(
      'info',
      'HEADER_FOOTER_LEFT_OUT',
      `Page headers and footers with text (${withText}) left out; Word files have no pages to put them on.`,
    );
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

const hasText = (office: OfficePackage, partName: string): boolean => {
  const root = office.xml(partName);
  return root !== undefined && textOf(root).trim() !== '';
};

export const reportSafety = (reading: DocxReading, office: OfficePackage): SafetyFinding[] => {
  const findings: SafetyFinding[] = [];
  if (office.names.some((name) => /vbaproject\.bin$/i.test(name))) {
    findings.push({ code: 'MACROS', text: 'The document has macros. None was run.' });
  }
  const embedded = office.names.filter((name) => /^word\/embeddings\/[^/]+$/i.test(name)).length;
  if (embedded > 0) findings.push({ code: 'EMBEDDED_FILE', text: `${count(embedded, 'embedded file')} not read.` });
  const external = [...reading.relationships.values()].filter(
    (item) => item.external && item.type !== 'hyperlink',
  ).length;
  if (external > 0)
    findings.push({ code: 'EXTERNAL_RESOURCE', text: `${count(external, 'external resource')} not loaded.` });
  if (reading.hiddenRuns > 0) {
    findings.push({ code: 'HIDDEN_TEXT', text: `Hidden text in ${count(reading.hiddenRuns, 'place')} was left out.` });
  }
  return findings;
};
