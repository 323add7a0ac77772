/** The package of an EPUB: where its documents stand, in which order they are read, and what it states of itself (EPUB 3.3, 2.0.1). */
import { AppError } from '../../errors.ts';
import { decodePart, unpackEntries } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, elementsOf, parseXml, textOf, XmlError } from '../ooxml/xml.ts';

export interface Book {
  /** The documents to be read, in order. */
  chapters: Uint8Array[];
  /** Documents of the reading order that are not there, or are in no format that is read. */
  missing: number;
  metadata: Record<string, string>;
  language: string | undefined;
}

const CONTAINER = 'META-INF/container.xml';
const ENCRYPTION = 'META-INF/encryption.xml';
/** Whatever is named like this is never read. */
const MEDIA = /\.(?:jpe?g|png|gif|webp|svg|css|js|[ot]tf|woff2?|mp3|mp4|m4a|ogg|ncx)$/i;
const DOCUMENT = /^(?:application\/xhtml\+xml|text\/html|application\/html)$/i;
/** Fonts are made unreadable in these two ways without the book being locked. */
const FONT_OBFUSCATION = /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc#RC/i;
const METADATA: Readonly<Record<string, string>> = {
  title: 'title',
  creator: 'author',
  subject: 'subject',
  description: 'description',
  publisher: 'publisher',
  date: 'created',
};

/** Throws FILE_DAMAGED, FILE_ENCRYPTED and ARCHIVE_TOO_LARGE. */
export const openBook = (bytes: Uint8Array, fileName: string, unpackedBytes: number): Book => {
  const isWanted = (name: string) => !MEDIA.test(name);
  const { entries } = unpackEntries(bytes, fileName, unpackedBytes, isWanted);
  const damaged = (problem: string, cause?: unknown) =>
    new AppError('FILE_DAMAGED', { fileName, problem }, cause === undefined ? {} : { cause });
  const xml = (name: string): XmlElement | undefined => {
    const content = entries.get(name.toLowerCase());
    if (!content) return undefined;
    try {
      return parseXml(decodePart(content));
    } catch (cause) {
      if (!(cause instanceof XmlError)) throw cause;
      throw damaged(`in its part ${name}, ${cause.message}`, cause);
    }
  };
  const main = attribute(elementNamed(elementNamed(xml(CONTAINER), 'rootfiles'), 'rootfile'), 'full-path');
  const root = main === undefined ? undefined : xml(main);
  if (main === undefined || !root) throw damaged('it does not say where its text stands');
  const order = readingOrder(root, main);
  const locked = lockedParts(xml(ENCRYPTION));
  if (order.some((part) => locked.has(part))) throw new AppError('FILE_ENCRYPTED', { fileName });
  const chapters = order.flatMap((part) => entries.get(part) ?? []);
  return { chapters, missing: order.length - chapters.length, ...readMetadata(root) };
};

const localName = ({ name }: XmlElement): string => name.slice(name.indexOf(':') + 1);
const elementNamed = (parent: XmlElement | undefined, name: string): XmlElement | undefined =>
  elementsOf(parent).find((element) => localName(element) === name);
const elementsNamed = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  elementsOf(parent).filter((element) => localName(element) === name);

/** Paths of the documents in the spine, each once, without the tables of contents that are only for navigation. */
const readingOrder = (root: XmlElement, main: string): string[] => {
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const items = new Map(
    elementsNamed(elementNamed(root, 'manifest'), 'item').map((item) => [attribute(item, 'id') ?? '', item]),
  );
  const contents = new Set(
    elementsNamed(elementNamed(root, 'guide'), 'reference')
      .filter((reference) => attribute(reference, 'type') === 'toc')
      .map((reference) => partPath(folder, attribute(reference, 'href') ?? '')),
  );
  const order = elementsNamed(elementNamed(root, 'spine'), 'itemref').flatMap((reference): string[] => {
    const item = items.get(attribute(reference, 'idref') ?? '');
    const isNavigation = /(?:^|\s)nav(?:\s|$)/.test(attribute(item, 'properties') ?? '');
    if (!item || isNavigation || !DOCUMENT.test(attribute(item, 'media-type') ?? '')) return [];
    return [partPath(folder, attribute(item, 'href') ?? '')];
  });
  const unique = [...new Set(order)];
  const withoutContents = unique.filter((part) => !contents.has(part));
  return withoutContents.length > 0 ? withoutContents : unique;
};

/** In lower case, as entries are found. */
const partPath = (folder: string, href: string): string => {
  const parts: string[] = [];
  for (const part of `${folder}${decodeAddress(href.replace(/[#?].*$/, ''))}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/').toLowerCase();
};

const decodeAddress = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

const lockedParts = (root: XmlElement | undefined): Set<string> => {
  const parts = elementsNamed(root, 'EncryptedData').flatMap((data): string[] => {
    const method = attribute(elementNamed(data, 'EncryptionMethod'), 'Algorithm') ?? '';
    const reference = elementNamed(elementNamed(data, 'CipherData'), 'CipherReference');
    return FONT_OBFUSCATION.test(method) ? [] : [partPath('', attribute(reference, 'URI') ?? '')];
  });
  return new Set(parts);
};

const readMetadata = (root: XmlElement): Pick<Book, 'metadata' | 'language'> => {
  const metadata: Record<string, string> = {};
  let language: string | undefined;
  for (const element of elementsOf(elementNamed(root, 'metadata'))) {
    const value = textOf(element).replace(/\s+/g, ' ').trim();
    const key = METADATA[localName(element)];
    if (value === '') continue;
    if (localName(element) === 'language') language ??= value;
    else if (key !== undefined) metadata[key] ??= value;
  }
  return { metadata, language };
};
