/** Object names, built and parsed in one place. What two attempts write has two names: a late one overwrites nothing. */

/** Which bucket; its name is a setting. */
export type BucketRole = 'uploads' | 'processed';

/** The coverage ledger of a run, beside its analysis. */
export const LEDGER_FILE = 'ledger.json';

const LONGEST_NAME = 120;

/** Letters, digits, dot, hyphen and underscore; the extension survives. Never empty, never "." or "..". */
export const safeFileName = (fileName: string): string => {
  const cleaned = fileName
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  if (cleaned.length <= LONGEST_NAME) return cleaned || 'document';
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(cleaned)?.[0] ?? '';
  return cleaned.slice(0, LONGEST_NAME - extension.length) + extension;
};

export const uploadObject = (orgId: string, conversionId: string, fileName: string): string =>
  `uploads/${orgId}/${conversionId}/${safeFileName(fileName)}`;

/** Null for an object that createUpload did not name. */
export const parseUploadObject = (object: string): { orgId: string; conversionId: string } | null => {
  const [, orgId, conversionId] = /^uploads\/([\w-]+)\/([\w-]+)\/[\w.-]+$/.exec(object) ?? [];
  return orgId === undefined || conversionId === undefined ? null : { orgId, conversionId };
};

/** All uploads of a conversion. */
export const uploadPrefix = (orgId: string, conversionId: string): string => `uploads/${orgId}/${conversionId}/`;

/** All results of a conversion. */
export const conversionPrefix = (orgId: string, conversionId: string): string => `processed/${orgId}/${conversionId}/`;

export const conversionObject = (orgId: string, conversionId: string, attempt: number, name: string): string =>
  `${conversionPrefix(orgId, conversionId)}${attempt}/${name}`;

/** All that a run has stored. */
export const runPrefix = (orgId: string, runId: string): string => `processed/${orgId}/runs/${runId}/`;

export const runObject = (orgId: string, runId: string, attempt: number, name: string): string =>
  `${runPrefix(orgId, runId)}${attempt}/${name}`;
