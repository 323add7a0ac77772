/** Sentences that say what a term means. */
import type { ModalHit } from './modals.ts';

/** "a means of transport" is a thing, not a verb. */
const VERB =
  'means(?! (?:of|by which)\\b)|is defined as|are defined as|refers to|shall mean|has the meaning|have the meaning';
const DEFINITION = new RegExp(
  `^(?!(?:This|That|These|Those|It|Which)\\b)(?<term>["“‘']?[\\p{Lu}\\d][^.;]{0,90}?["”’']?,?(?: as used in this [^,]{3,60},)?) (?:${VERB})\\b`,
  'u',
);
/** Not when a modal stands before the verb that defines: "Staff shall know what the term refers to". */
export const isDefinition = (text: string, hits: readonly ModalHit[]): boolean => {
  const match = DEFINITION.exec(text);
  if (match === null) return false;
  const term = match.groups?.term ?? '';
  return !hits.some(({ start }) => start < term.length);
};
