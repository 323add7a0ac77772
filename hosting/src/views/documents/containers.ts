/** Which documents of the list were in another: in a mail or an archive. */
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';

export type Contained = Pick<Conversion, 'conversionId' | 'container' | 'children'>;

/** By its id: the documents from the outermost that is known to itself. */
export const pathsOf = <T extends Contained>(documents: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const byId = new Map(documents.map((each) => [each.conversionId, each]));
  const paths = new Map<string, readonly T[]>();
  const pathOf = (document: T): readonly T[] => {
    const known = paths.get(document.conversionId);
    if (known !== undefined) return known;
    const around = document.container === undefined ? undefined : byId.get(document.container.conversionId);
    const path = [...(around === undefined ? [] : pathOf(around)), document];
    paths.set(document.conversionId, path);
    return path;
  };
  for (const each of documents) pathOf(each);
  return paths;
};

/** With the ids of everything in them: what goes when they are erased. */
export const withContents = (conversionIds: readonly string[], documents: readonly Contained[]): string[] => {
  const byId = new Map(documents.map((each) => [each.conversionId, each]));
  const all = new Set<string>();
  const take = (conversionId: string): void => {
    if (all.has(conversionId)) return;
    all.add(conversionId);
    for (const child of byId.get(conversionId)?.children ?? []) take(child);
  };
  for (const each of conversionIds) take(each);
  return [...all];
};
