/** What a file is called wherever its name is stored or shown. */

/** Control characters, line ends, and marks that turn the direction of writing: with them a name can be made to look like another. */
const DECEIVING = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** The last part of a path, without what could make it look like another name. Never empty. */
export const plainFileName = (fileName: string): string =>
  (fileName.split(/[/\\]/).at(-1) ?? '').replace(DECEIVING, '') || 'document';
