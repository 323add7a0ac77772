/** What of an OpenDocument file is not in its Markdown, said openly. */
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import { count } from '../ooxml/package-safety.ts';
import type { OdfReading } from './reading.ts';

/** `what`: "document", "workbook", "presentation"; `hidden`: parts of it that are not shown, as counts with their nouns. */
export const reportMessages = (
  reading: OdfReading,
  what: string,
  hidden: readonly (readonly [number, string])[] = [],
): ConversionMessage[] => {
  const messages: ConversionMessage[] = [];
  const add = (level: ConversionMessage['level'], code: string, text: string) => messages.push({ level, code, text });
  const { insertions, deletions, comments, drawingsLeftOut } = reading;
  if (insertions + deletions > 0) {
    const text = `${count(insertions, 'tracked insertion')} kept and ${count(deletions, 'tracked deletion')} left out, as if all were accepted.`;
    add('warning', 'TRACKED_CHANGES', text);
  }
  if (comments > 0) add('info', 'COMMENTS_LEFT_OUT', `${count(comments, 'comment')} of reviewers left out.`);
  if (drawingsLeftOut > 0) {
    const text = `${count(drawingsLeftOut, 'chart')}, diagrams or objects left out; check them in the ${what}.`;
    add('warning', 'DRAWINGS_LEFT_OUT', text);
  }
  if (reading.repetitionsCut) {
    add('warning', 'CELLS_LEFT_OUT', `A table repeats more cells than anybody reads; check it in the ${what}.`);
  }
  const named = hidden.filter(([number]) => number > 0).map(([number, noun]) => count(number, `hidden ${noun}`));
  if (named.length > 0) add('warning', 'HIDDEN_PARTS_LEFT_OUT', `${named.join(', ')} of the ${what} left out.`);
  return messages;
};

export const reportSafety = (reading: OdfReading, what: string): SafetyFinding[] => {
  const findings: SafetyFinding[] = [];
  const { names } = reading.office;
  if (names.some((name) => /^Basic\/[^/]+\/(?!script-lb\.xml$)[^/]+$|^Scripts\/.*[^/]$/.test(name))) {
    findings.push({ code: 'MACROS', text: `The ${what} has macros. None was run.` });
  }
  const embedded = names.filter((name) => /^Object [^/]+$/.test(name)).length;
  if (embedded > 0) findings.push({ code: 'EMBEDDED_FILE', text: `${count(embedded, 'embedded file')} not read.` });
  if (reading.externalResources > 0) {
    const text = `${count(reading.externalResources, 'external resource')} not loaded.`;
    findings.push({ code: 'EXTERNAL_RESOURCE', text });
  }
  return [...findings, ...reading.unseen.findings()];
};
