/** Why bytes could not be written, in words. */

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};

/** @param code of the system: "ENOSPC" */
export const writeProblem = (code: string): string => PROBLEMS[code] ?? (code || 'unknown');
