/** A message that stands inside another file, as an Internet message of its own (RFC 5322, RFC 2045, RFC 2231). */
import type { MailMessage } from './message.ts';

const LINE_BASE64_CHARACTERS = 76;
/** All content is Base64, which has no hyphens: no line of it can be a boundary. */
const BOUNDARY = 'part-of-the-message';

/** What read-eml.ts reads back as it was. The same message gives the same bytes. */
export const writeEml = ({ subject, fields, messageId, html, text, attachments }: MailMessage): Uint8Array => {
  const parts = [
    ...(html ? [part('text/html; charset=utf-8', utf8(html))] : []),
    ...(text && !html ? [part('text/plain; charset=utf-8', utf8(text.content))] : []),
    ...attachments.map(({ fileName, bytes }) =>
      part('application/octet-stream', bytes, `attachment; filename*=utf-8''${encodeURIComponent(fileName)}`),
    ),
  ];
  const head = [
    `Subject: ${subject}`,
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
    ...(messageId ? [`Message-ID: ${messageId}`] : []),
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
  ].map((line) => line.replace(/[\r\n]+/g, ' '));
  const body = parts.flatMap((lines) => [`--${BOUNDARY}`, ...lines]);
  return utf8([...head, ...body, `--${BOUNDARY}--`, ''].join('\r\n'));
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const part = (type: string, bytes: Uint8Array, disposition?: string): string[] => [
  `Content-Type: ${type}`,
  ...(disposition ? [`Content-Disposition: ${disposition}`] : []),
  'Content-Transfer-Encoding: base64',
  '',
  ...base64Lines(bytes),
];

const base64Lines = (bytes: Uint8Array): string[] => {
  const lines: string[] = [];
  const step = (LINE_BASE64_CHARACTERS / 4) * 3;
  for (let at = 0; at < bytes.length; at += step) {
    lines.push(btoa(String.fromCharCode(...bytes.subarray(at, at + step))));
  }
  return lines;
};
