/** What an OpenDocument file states of itself (OpenDocument 1.3 part 3, 4.3). */
import type { OfficePackage } from '../ooxml/package.ts';
import { child, elementsOf, textOf } from '../ooxml/xml.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Styles } from './styles.ts';

const METADATA: Readonly<Record<string, string>> = {
  'dc:title': 'title',
  'meta:initial-creator': 'author',
  'dc:creator': 'lastModifiedBy',
  'dc:subject': 'subject',
  'dc:description': 'description',
  'dc:language': 'language',
  'meta:keyword': 'keywords',
  'meta:creation-date': 'created',
  'dc:date': 'modified',
  'meta:generator': 'producer',
};

/** Metadata, title and language of a tree. */
export const readMetadata = (
  office: OfficePackage,
  styles: Styles,
): Pick<SourceTree, 'metadata' | 'title' | 'language'> => {
  const metadata: Record<string, string> = {};
  for (const element of elementsOf(child(office.xml('meta.xml'), 'office:meta'))) {
    const key = METADATA[element.name];
    const value = textOf(element).replace(/\s+/g, ' ').trim();
    if (key === undefined || value === '') continue;
    metadata[key] = key === 'keywords' && metadata[key] ? `${metadata[key]}, ${value}` : value;
  }
  if (!metadata.author && metadata.lastModifiedBy) metadata.author = metadata.lastModifiedBy;
  const { title } = metadata;
  const language = metadata.language ?? styles.language;
  return { metadata, ...(title ? { title } : {}), ...(language ? { language } : {}) };
};
