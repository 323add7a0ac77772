/** What an attachment is called when the message does not say. */
import { decodeWords } from 'postal-mime';
import formats from '../formats.json' with { type: 'json' };

const HEAD_BYTES = 65_536;
const LONGEST_SUBJECT = 80;
const ENDINGS = new Map<string, string>([
  ['text/calendar', '.ics'],
  ...Object.values(formats).map(({ mediaType, extensions }): [string, string] => [mediaType, extensions[0] ?? '']),
]);

/** A part as postal-mime gives it; `content` is not text here. */
interface NamedPart {
  filename: string | null;
  mimeType: string;
  content: ArrayBuffer | Uint8Array | string;
}

/** Its own name; else, of a message, its subject; else "attachment". With the ending of its media type where it has none of its own. */
export const attachmentName = ({ filename, mimeType, content }: NamedPart): string => {
  const ending = ENDINGS.get(mimeType) ?? '';
  if (mimeType === 'message/rfc822') {
    const stem = filename || subjectIn(content) || 'message';
    return /\.eml$/i.test(stem) ? stem : `${stem}.eml`;
  }
  if (!filename) return `attachment${ending || '.bin'}`;
  return /\.[A-Za-z][A-Za-z0-9]*$/.test(filename) ? filename : `${filename}${ending}`;
};

/** As a name of a file: no part of it is taken for a folder. */
const subjectIn = (content: NamedPart['content']): string => {
  if (typeof content === 'string') return '';
  const head = new TextDecoder().decode(new Uint8Array(content).subarray(0, HEAD_BYTES));
  const subject = /^subject:[ \t]*([^\r\n]*)/im.exec(head.split(/\r?\n\r?\n/, 1)[0] ?? '')?.[1] ?? '';
  return nameOfSubject(decodeWords(subject));
};

export const nameOfSubject = (subject: string): string =>
  subject
    .replace(/[\\/:*?"<>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_SUBJECT)
    .trim();
