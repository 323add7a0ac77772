/** The package of an OpenDocument file (OpenDocument 1.3 part 2). */
import { AppError } from '../../errors.ts';
import type { OfficePackage } from '../ooxml/package.ts';
import { openPackage } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { child, descendants } from '../ooxml/xml.ts';
import type { ConvertInput, ConvertLimits } from '../source-tree.ts';

export interface OdfPackage {
  office: OfficePackage;
  content: XmlElement;
  /** styles.xml: common styles and master pages. */
  styles: XmlElement | undefined;
  /** office:text, office:spreadsheet or office:presentation. */
  body: XmlElement;
}

/** `bodyName`: "office:text". Throws FILE_ENCRYPTED, ARCHIVE_TOO_LARGE and FILE_DAMAGED. */
export const openOdf = (input: ConvertInput, limits: ConvertLimits, bodyName: string): OdfPackage => {
  const { fileName } = input;
  const office = openPackage(input.bytes, fileName, limits.unpackedBytes);
  if (isEncrypted(office)) throw new AppError('FILE_ENCRYPTED', { fileName });
  const content = office.xml('content.xml');
  const body = child(child(content, 'office:body'), bodyName);
  if (!content || !body) {
    const problem = 'the ZIP archive has no content of the kind that it says it has';
    throw new AppError('FILE_DAMAGED', { fileName, problem });
  }
  return { office, content, styles: office.xml('styles.xml'), body };
};

/** The manifest of old programs has a document type, which is not read; they state encryption the same way. */
const isEncrypted = (office: OfficePackage): boolean => {
  try {
    const manifest = office.xml('META-INF/manifest.xml');
    return manifest !== undefined && descendants(manifest, 'manifest:encryption-data').length > 0;
  } catch (thrown) {
    if (thrown instanceof AppError) return false;
    throw thrown;
  }
};
