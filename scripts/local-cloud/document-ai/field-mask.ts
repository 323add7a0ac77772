/** The parts of an answer that a request asks for. */
import { invalidArgument } from './service-error.ts';

type Fields = Readonly<Record<string, unknown>>;

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const pick = (from: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

/** As the service allows it: fields of the document, or `pages.` and a field of its pages. No mask is everything. */
export const applyFieldMask = (
  document: Fields & { pages?: readonly Fields[] },
  mask: readonly string[] | undefined,
): Fields => {
  if (!mask || mask.length === 0) return document;
  const paths = mask.map((path) => path.split('.').map(camel));
  if (paths.some(([first, ...rest]) => rest.length > 1 || (rest.length === 1 && first !== 'pages')))
    throw invalidArgument('Invalid field mask: only fields of document and of pages can be named.');
  const kept = pick(
    document,
    paths.map(([first = '']) => first),
  );
  const pageFields = paths.flatMap(([first, second]) => (first === 'pages' && second !== undefined ? [second] : []));
  if (pageFields.length === 0 || paths.some(([first, second]) => first === 'pages' && second === undefined))
    return kept;
  return { ...kept, pages: (document.pages ?? []).map((page) => pick(page, pageFields)) };
};
