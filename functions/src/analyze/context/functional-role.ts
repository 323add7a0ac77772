/** What a section or document is for, by its letter in the Uniform Contract Format, its heading, or its words. */
import type { FunctionalRole } from '../../contracts/rfp.ts';
import table from '../rules/functional-roles.json' with { type: 'json' };

interface HeadingRule {
  role: FunctionalRole;
  strong: boolean;
  pattern: RegExp;
}

const UCF = new Map(Object.entries(table.ucf)) as ReadonlyMap<string, FunctionalRole>;
const HEADINGS: readonly HeadingRule[] = table.headings.map(({ role, strong, pattern }) => ({
  role: role as FunctionalRole,
  strong,
  pattern: new RegExp(pattern, 'i'),
}));
const DOCUMENTS = table.documents.map(({ role, pattern }) => ({
  role: role as FunctionalRole,
  pattern: new RegExp(pattern, 'i'),
}));
const CONTENT = table.content.map(({ role, pattern }) => ({
  role: role as FunctionalRole,
  pattern: new RegExp(pattern, 'gi'),
}));

export const roleOfUcfLetter = (letter: string): FunctionalRole => UCF.get(letter) ?? 'other';

/** The role of a heading below a section of role `parent`. A weak word ("Price" under "Evaluation") does not leave the parent. */
export const roleOfHeading = (heading: string, parent: FunctionalRole): FunctionalRole => {
  const rule = HEADINGS.find(({ pattern }) => pattern.test(heading));
  if (rule === undefined) return parent;
  if (rule.strong || parent === 'other') return rule.role;
  if (parent === 'instructions' || parent === 'evaluation' || parent === 'reps') return parent;
  return rule.role === 'instructions' || rule.role === 'evaluation' || rule.role === 'forms' ? parent : rule.role;
};

/** The default for a document's text that stands under no telling heading: by file name and title. */
export const roleOfDocument = (fileName: string, title: string): FunctionalRole => {
  const name = `${fileName
    .replace(/\.[^.]+$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')} | ${title}`;
  return DOCUMENTS.find(({ pattern }) => pattern.test(name))?.role ?? 'other';
};

/** The role that most words of the text speak for; 'other' when fewer than two do. */
export const roleOfContent = (text: string): FunctionalRole => {
  let best: FunctionalRole = 'other';
  let bestCount = 1;
  for (const { role, pattern } of CONTENT) {
    const count = text.match(pattern)?.length ?? 0;
    if (count > bestCount) {
      best = role;
      bestCount = count;
    }
  }
  return best;
};
