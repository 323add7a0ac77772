/** Internet messages: RFC 5322 with MIME (RFC 2045–2049, 2231, 2183, 3676, 6532). */
import PostalMime, { type Attachment, decodeWords, type Email } from 'postal-mime';
import type { ConversionMessage } from '../../contracts/document.ts';
import { AppError } from '../../errors.ts';
import { decodeText } from '../decode-text.ts';
import { countUnreadable } from '../source-tree-parts.ts';
import { createFileNames } from '../unpacked-file.ts';
import { attachmentName } from './attachment-name.ts';
import { type MailMessage, SHOWN_FIELDS } from './message.ts';

const MAX_DEPTH = 64;
const MAX_HEADER_BYTES = 1_048_576;
/** Each costs memory, however small it is. */
const MAX_PARTS = 5_000;

/** @throws AppError FILE_DAMAGED past these limits, FILE_ENCRYPTED. */
export const readEml = async (bytes: Uint8Array, fileName: string): Promise<MailMessage> => {
  const head = new TextDecoder('latin1').decode(bytes);
  if (countParts(head) > MAX_PARTS) {
    throw new AppError('FILE_DAMAGED', { fileName, problem: `it has more than ${MAX_PARTS} parts` });
  }
  const asStated = await parse(bytes, fileName);
  const { email, messages } = await guessCharset(asStated, bytes, head, fileName);
  const stated = (name: string) => fieldOf(email, name);
  if (isEncrypted(stated('content-type'))) throw new AppError('FILE_ENCRYPTED', { fileName });
  const fields = SHOWN_FIELDS.flatMap((name) => {
    const value = stated(name.toLowerCase());
    return value ? [[name, value]] : [];
  });
  const messageId = stated('message-id');
  const flowed = /^content-type:[^\n]*(?:\n[ \t][^\n]*)*format\s*=\s*"?flowed/im.test(head);
  const uniqueName = createFileNames();
  return {
    subject: stated('subject'),
    fields: Object.fromEntries(fields),
    ...(messageId ? { messageId } : {}),
    ...(email.html ? { html: email.html } : {}),
    ...(email.text ? { text: { content: email.text, flowed } } : {}),
    attachments: asStated.attachments
      .filter((part) => !isPartOfPage(part, email.html ?? '') && !isSignature(part))
      .map((part) => ({ fileName: uniqueName(attachmentName(part)), bytes: bytesOf(part) })),
    messages,
  };
};

/** Whether a message is a page that a browser saved, not mail (RFC 2557; browsers state where it came from). */
export const isSavedPage = (bytes: Uint8Array, fileName: string): boolean => {
  if (/\.mht(?:ml)?$/i.test(fileName)) return true;
  const [head = ''] = new TextDecoder('latin1').decode(bytes.subarray(0, MAX_HEADER_BYTES)).split(/\r?\n\r?\n/, 1);
  return /^snapshot-content-location:/im.test(head);
};

const parse = async (bytes: Uint8Array, fileName: string): Promise<Email> => {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: MAX_DEPTH,
      maxHeadersSize: MAX_HEADER_BYTES,
    });
  } catch (cause) {
    const problem = 'its parts are nested too deep, or its header is too long';
    throw new AppError('FILE_DAMAGED', { fileName, problem }, { cause });
  }
};

/** Letters of 8 bits in no charset that is named, as old programs wrote them: as the page says, else windows-1252. */
const guessCharset = async (
  email: Email,
  bytes: Uint8Array,
  head: string,
  fileName: string,
): Promise<{ email: Email; messages: ConversionMessage[] }> => {
  const before = undecoded(email);
  if (before === 0 || bytes.includes(0)) return { email, messages: [] };
  const declared = /<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
  const { text, messages } = decodeText(bytes, fileName, declared);
  const guessed = await parse(new TextEncoder().encode(text), fileName);
  return undecoded(guessed) < before ? { email: guessed, messages } : { email, messages: [] };
};

const undecoded = ({ html = '', text = '', subject = '' }: Email): number => countUnreadable(html + text + subject);

/** Lines that begin a part. */
const countParts = (text: string): number => {
  const boundaries = new Set<string>();
  for (const [, quoted, token] of text.matchAll(/boundary\s*=\s*(?:"([^"\n]{1,200})"|([^\s;"]{1,200}))/gi)) {
    boundaries.add(quoted ?? token ?? '');
  }
  let parts = 0;
  for (const [, boundary = ''] of text.matchAll(/^--([^\r\n]{1,200})/gm)) {
    if (boundaries.has(boundary.trimEnd())) parts += 1;
  }
  return parts;
};

/** The first field of that name, on one line. */
const fieldOf = (email: Email, name: string): string => {
  const value = email.headers.find(({ key }) => key === name)?.value ?? '';
  return decodeWords(value).replace(/\s+/g, ' ').trim();
};

const isEncrypted = (contentType: string): boolean =>
  /^multipart\/encrypted/i.test(contentType) ||
  /^application\/(?:x-)?pkcs7-mime\b.*\benveloped-data/i.test(contentType);

const SIGNATURES = ['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature'];
const isSignature = ({ mimeType }: Attachment): boolean => SIGNATURES.includes(mimeType);

/** A picture that the page shows where it stands (RFC 2392). */
const isPartOfPage = (part: Attachment, html: string): boolean => {
  if (!part.mimeType.startsWith('image/') || html === '') return false;
  const id = part.contentId?.replace(/^<|>$/g, '');
  return (part.related === true && part.disposition !== 'attachment') || (!!id && html.includes(`cid:${id}`));
};

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
