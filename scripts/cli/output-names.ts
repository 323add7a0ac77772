/** File names for results: recognisable, and never the same for two inputs. */
import { parse } from 'node:path';

/** File systems of macOS and Windows take these for one name. */
export const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * "rfp.pdf", "rfp.docx" → "rfp.md", "rfp-2.md".
 * @param taken names in the same folder that must not be used
 */
export const outputNames = (paths: readonly string[], extension: string, taken: Iterable<string>): string[] => {
  const used = new Set([...taken].map(folded));
  return paths.map((path) => {
    const stem = parse(path).name;
    let name = `${stem}.${extension}`;
    for (let number = 2; used.has(folded(name)); number += 1) name = `${stem}-${number}.${extension}`;
    used.add(folded(name));
    return name;
  });
};
