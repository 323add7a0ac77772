/** What an Office package holds beside text. */
import type { SafetyFinding } from '../../contracts/document.ts';
import type { OfficePackage, Relationship } from './package.ts';

/** "1 row", "2 rows". */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Macros, embedded files, resources from outside. `what`: "document", "workbook", "presentation"; none of them was run, read or loaded. */
export const packageSafety = (
  office: OfficePackage,
  relationships: readonly Relationship[],
  what: string,
): SafetyFinding[] => {
  const findings: SafetyFinding[] = [];
  if (office.names.some((name) => /vbaproject\.bin$/i.test(name))) {
    findings.push({ code: 'MACROS', text: `The ${what} has macros. None was run.` });
  }
  const embedded = office.names.filter((name) => /^(?:word|xl|ppt)\/embeddings\/[^/]+$/i.test(name)).length;
  if (embedded > 0) findings.push({ code: 'EMBEDDED_FILE', text: `${count(embedded, 'embedded file')} not read.` });
  const external = relationships.filter((item) => item.external && item.type !== 'hyperlink').length;
  if (external > 0) {
    findings.push({ code: 'EXTERNAL_RESOURCE', text: `${count(external, 'external resource')} not loaded.` });
  }
  return findings;
};
