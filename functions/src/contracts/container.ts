/** Documents that hold files, each of them a document of its own: mail with attachments, archives. */

const MEDIA_TYPES: ReadonlySet<string> = new Set(['message/rfc822', 'application/vnd.ms-outlook', 'application/zip']);

/** By the media type that conversion found, which is never a guess by the name. */
export const isContainer = (mediaType: string): boolean => MEDIA_TYPES.has(mediaType);
