/** Which part of the package a document is: by file name, then title and first text. */
import type { Document } from '../../contracts/document.ts';
import type { DocumentRole } from '../../contracts/rfp.ts';
import rules from '../rules/document-roles.json' with { type: 'json' };

const HEAD_CHARACTERS = 1500;
const RULES = rules.map(({ role, in: where, pattern }) => ({
  role: role as DocumentRole,
  where,
  pattern: new RegExp(pattern, 'i'),
}));
const AMENDMENT_NUMBER =
  /\b(?:amend(?:ment)?|addendum|mod(?:ification)?)[\s._-]*(?:no|number|#)?[\s._-]*0*(\d{1,4})\b/i;

interface PackageDocument {
  documentId: string;
  role: DocumentRole;
  amendmentNo?: string;
}

const nameOf = (document: Document): string => document.fileName.replace(/\.[^.]+$/, '').replace(/[_.-]+/g, ' ');

const roleOf = (document: Document): DocumentRole | null => {
  const name = nameOf(document);
  const head = `${document.title ?? ''}\n${document.markdown.slice(0, HEAD_CHARACTERS)}`;
  return RULES.find(({ where, pattern }) => pattern.test(where === 'name' ? name : head))?.role ?? null;
};

/** Roles of a package's documents, in the order given. One of them is the base: the first so named, else the first unnamed, else the first. */
export const classifyDocuments = (documents: readonly Document[]): PackageDocument[] => {
  const roles = documents.map(roleOf);
  const baseAt = [roles.indexOf('base'), roles.indexOf(null), 0].find((at) => at >= 0);
  return documents.map((document, at) => {
    const role = at === baseAt ? 'base' : (roles[at] ?? 'attachment');
    const name = nameOf(document);
    const amendmentNo =
      role === 'amendment'
        ? AMENDMENT_NUMBER.exec(`${name}\n${document.markdown.slice(0, HEAD_CHARACTERS)}`)?.[1]
        : undefined;
    return { documentId: document.documentId, role, ...(amendmentNo === undefined ? {} : { amendmentNo }) };
  });
};
