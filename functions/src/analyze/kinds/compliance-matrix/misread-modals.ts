/** Words that bind as text recognition misreads them: "The Contractor, hall perform", "The Offeror rnust submit". */
import type { ContextIndex } from '../../context-index.ts';
import { escapePattern } from '../../escape-pattern.ts';
import table from '../../rules/misread-modals.json' with { type: 'json' };
import { isOurSide } from './claim.ts';

/** A lost "s" often leaves a mark. */
const AT_START = new RegExp(
  `^[,.;:'’]?\\s*(?:${Object.values(table).flat().map(escapePattern).join('|')})(?![\\w-])`,
  'i',
);

/** Whether such a word follows directly upon our side. On a page with a text layer it would be what the writer wrote. */
export const hasMisreadModal = (text: string, context: ContextIndex): boolean =>
  context
    .mentions(text)
    .some(({ actor, end, isPossessive }) => isOurSide(actor) && !isPossessive && AT_START.test(text.slice(end)));
