/** Names of enum values for people. Exports for people show these; JSON keeps the values themselves. */

const SPECIAL: Readonly<Record<string, string>> = {
  tbd: 'TBD',
  qa: 'Q&A',
  noncompliant_accepted: 'Non-compliant but accepted',
  post_award: 'After award',
  toc: 'Table of contents',
  header_footer: 'Running head or foot',
  not_a_sentence: 'Not a sentence',
};

/** "in_progress" → "In progress". No two values of one enum share a label, so a label can be read back. */
export const label = (value: string): string => {
  const words = SPECIAL[value] ?? value.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const labels = (values: readonly string[]): string[] => values.map(label);
