/** The ZIP package of an Office file: parts are unpacked one by one, and never past the limit. */
import type { UnzipFileInfo } from 'fflate';
import { unzipSync } from 'fflate';
import { AppError } from '../../errors.ts';
import type { XmlElement, XmlOptions } from './xml.ts';
import { attribute, elementsOf, parseXml, XmlError } from './xml.ts';

export interface Relationship {
  target: string;
  external: boolean;
  /** Last part of the type's address: "hyperlink", "footnotes". */
  type: string;
}

export interface OfficePackage {
  fileName: string;
  /** Every entry of the ZIP directory. */
  names: readonly string[];
  /** Throws FILE_DAMAGED if the part is not well-formed. */
  xml(name: string, options?: XmlOptions): XmlElement | undefined;
  relationships(partName: string): Map<string, Relationship>;
}

const MEGABYTE = 1_048_576;

/** Every name in a ZIP archive, and the entries wanted of it by name in lower case. Throws ARCHIVE_TOO_LARGE and FILE_DAMAGED as openPackage does. */
export const unpackEntries = (
  bytes: Uint8Array,
  fileName: string,
  unpackedBytes: number,
  isWanted: (name: string) => boolean,
): { names: string[]; entries: Map<string, Uint8Array> } => {
  const files: UnzipFileInfo[] = [];
  const directory = (filter: (file: UnzipFileInfo) => boolean) => unzip(bytes, fileName, filter);
  directory((file) => {
    files.push(file);
    return false;
  });
  const tooLarge = () => new AppError('ARCHIVE_TOO_LARGE', { fileName, limitMb: Math.round(unpackedBytes / MEGABYTE) });
  if (files.reduce((sum, file) => sum + file.originalSize, 0) > unpackedBytes) throw tooLarge();
  const parts = directory((file) => isWanted(file.name));
  const entries = new Map(
    Object.entries(parts).map(([name, content]) => [name.replace(/^\//, '').toLowerCase(), content]),
  );
  let actual = 0;
  for (const content of entries.values()) actual += content.length;
  if (actual > unpackedBytes) throw tooLarge();
  return { names: files.map((file) => file.name), entries };
};

/**
 * Opens a package. Throws ARCHIVE_TOO_LARGE if its entries unpack to more than `unpackedBytes`, by what they declare or by what comes
 * out; FILE_ENCRYPTED; FILE_DAMAGED.
 */
export const openPackage = (bytes: Uint8Array, fileName: string, unpackedBytes: number): OfficePackage => {
  const isPart = (name: string) => /\.(?:xml|rels)$/i.test(name) && !/^customXml\//i.test(name);
  const { names, entries } = unpackEntries(bytes, fileName, unpackedBytes, isPart);
  const xml = (name: string, options?: XmlOptions): XmlElement | undefined => {
    const content = entries.get(name.toLowerCase());
    if (content === undefined) return undefined;
    try {
      return parseXml(decodePart(content), options);
    } catch (cause) {
      if (!(cause instanceof XmlError)) throw cause;
      throw new AppError('FILE_DAMAGED', { fileName, problem: `in its part ${name}, ${cause.message}` }, { cause });
    }
  };
  const relationships = (partName: string) => readRelationships(xml(relationshipsPart(partName)), partName);
  return { fileName, names, xml, relationships };
};

const unzip = (bytes: Uint8Array, fileName: string, filter: (file: UnzipFileInfo) => boolean) => {
  try {
    return unzipSync(bytes, { filter });
  } catch (cause) {
    throw new AppError('FILE_DAMAGED', { fileName, problem: 'its ZIP archive cannot be unpacked' }, { cause });
  }
};

/** The text of a part: UTF-16 by its mark, else UTF-8. */
export const decodePart = (content: Uint8Array): string => {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content);
  return new TextDecoder().decode(content);
};

const relationshipsPart = (partName: string): string => {
  const slash = partName.lastIndexOf('/');
  return `${partName.slice(0, slash + 1)}_rels/${partName.slice(slash + 1)}.rels`;
};

const readRelationships = (root: XmlElement | undefined, partName: string): Map<string, Relationship> => {
  const folder = partName.slice(0, partName.lastIndexOf('/') + 1);
  const found = new Map<string, Relationship>();
  for (const element of elementsOf(root)) {
    const target = attribute(element, 'Target') ?? '';
    const external = attribute(element, 'TargetMode') === 'External';
    found.set(attribute(element, 'Id') ?? '', {
      target: external ? target : resolvePath(folder, target),
      external,
      type: (attribute(element, 'Type') ?? '').replace(/^.*\//, ''),
    });
  }
  return found;
};

const resolvePath = (folder: string, target: string): string => {
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
};

/** The part that everything else hangs on; `usual`: its name if the package does not say. Throws FILE_DAMAGED if there is none. */
export const mainPart = (office: OfficePackage, usual: string, problem: string): string => {
  const declared = [...office.relationships('').values()].find(({ type }) => type === 'officeDocument')?.target;
  const found = office.names.find((name) => name.toLowerCase() === (declared ?? usual).toLowerCase());
  if (found) return found;
  throw new AppError('FILE_DAMAGED', { fileName: office.fileName, problem });
};

/** The first part of a type that another part is related to. */
export const relatedPart = (relationships: ReadonlyMap<string, Relationship>, type: string): string | undefined =>
  [...relationships.values()].find((item) => item.type === type && !item.external)?.target;
