/** What an Office file states of itself. */
import type { OfficePackage } from './package.ts';
import { elementsOf, textOf } from './xml.ts';

/** Name in docProps/core.xml or app.xml → key of the metadata. */
const METADATA: Readonly<Record<string, string>> = {
  'dc:title': 'title',
  'dc:creator': 'author',
  'dc:subject': 'subject',
  'dc:description': 'description',
  'dc:language': 'language',
  'cp:keywords': 'keywords',
  'cp:lastModifiedBy': 'lastModifiedBy',
  'dcterms:created': 'created',
  'dcterms:modified': 'modified',
  Application: 'producer',
  Company: 'company',
};

export const readMetadata = (office: OfficePackage): Record<string, string> => {
  const metadata: Record<string, string> = {};
  for (const part of ['docProps/core.xml', 'docProps/app.xml']) {
    for (const element of elementsOf(office.xml(part))) {
      const key = METADATA[element.name];
      const value = textOf(element).replace(/\s+/g, ' ').trim();
      if (key !== undefined && value !== '') metadata[key] = value;
    }
  }
  return metadata;
};
