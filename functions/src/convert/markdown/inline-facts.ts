/** What must be known of inline content as a whole before a piece of it can be escaped. */
import type { InlineFacts } from './escape.ts';
import { flanking, isSpecial } from './escape.ts';
import type { Run } from './inline-runs.ts';

export const findFacts = (runs: readonly Run[]): InlineFacts => {
  const hasMarks = runs.some((run) => run.marks.size > 0 || run.url !== undefined);
  if (!runs.some((run) => run.kind !== 'text' || isSpecial(run.text))) {
    return { hasMarks, ticksPair: false, pairing: new Set(), hasGreaterThan: false };
  }
  const flat = runs
    .map((run) => (run.kind === 'code' ? '``' : run.kind === 'break' ? '\n' : run.kind === 'note' ? '[]' : run.text))
    .join('');
  const ticks = runs.reduce((count, run) => count + (run.text.match(/`+/g)?.length ?? 0), 0);
  const coded = runs.some((run) => run.kind === 'code');
  return {
    hasMarks,
    ticksPair: ticks > 1 || coded,
    pairing: hasMarks ? new Set() : pairingCharacters(flat),
    hasGreaterThan: flat.includes('>'),
  };
};

const pairingCharacters = (flat: string): Set<string> => {
  const opened = new Set<string>();
  const pairing = new Set<string>();
  for (const { index, 0: run } of flat.matchAll(/\*+|_+|~+/g)) {
    const { opens, closes } = flanking(run, flat[index - 1] ?? '', flat[index + run.length] ?? '');
    const character = run[0] ?? '';
    if (closes && opened.has(character)) pairing.add(character);
    if (opens) opened.add(character);
  }
  return pairing;
};
