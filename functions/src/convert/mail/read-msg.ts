/** Outlook messages ([MS-OXMSG]): objects are storages, their properties are streams. */
import type { ConversionMessage } from '../../contracts/document.ts';
import { type Ole2Entry, readOle2 } from '../ole2/read-ole2.ts';
import { createFileNames } from '../unpacked-file.ts';
import { nameOfSubject } from './attachment-name.ts';
import { decompressRtf } from './decompress-rtf.ts';
import { htmlInRtf, isFromText } from './html-in-rtf.ts';
import type { MailMessage } from './message.ts';
import { type Properties, readProperties } from './message-properties.ts';
import { writeEml } from './write-eml.ts';

/** [MS-OXPROPS], by the names given there without "PidTag". */
const ID = {
  subject: 0x0037,
  clientSubmitTime: 0x0039,
  sentRepresentingName: 0x0042,
  sentRepresentingAddress: 0x0065,
  transportHeaders: 0x007d,
  recipientType: 0x0c15,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  displayCc: 0x0e03,
  displayTo: 0x0e04,
  deliveryTime: 0x0e06,
  body: 0x1000,
  rtfCompressed: 0x1009,
  bodyHtml: 0x1013,
  internetMessageId: 0x1035,
  displayName: 0x3001,
  emailAddress: 0x3003,
  attachData: 0x3701,
  attachFileName: 0x3704,
  attachLongFileName: 0x3707,
  attachFlags: 0x3714,
  attachContentId: 0x3712,
  smtpAddress: 0x39fe,
  senderSmtpAddress: 0x5d01,
  sentRepresentingSmtpAddress: 0x5d02,
} as const;
const TO = 1;
const CC = 2;
/** The page refers to it. */
const RENDERED_IN_BODY = 4;
/** Of messages attached to messages. */
const MAX_DEPTH = 4;

const TOO_DEEP: ConversionMessage = {
  level: 'warning',
  code: 'ATTACHED_MESSAGE_LEFT_OUT',
  text: `Messages attached more than ${MAX_DEPTH} deep in attached messages were left out.`,
};

/** Messages attached to the message become files of their own, written as Internet messages. Throws FILE_DAMAGED. */
export const readMsg = (bytes: Uint8Array, fileName: string): MailMessage => {
  const { root } = readOle2(bytes, fileName);
  return readMessage(root, readProperties(root, 'message'), 0);
};

const readMessage = (object: Ole2Entry, properties: Properties, depth: number): MailMessage => {
  const messageId = properties.text(ID.internetMessageId).trim();
  const form = readForm(properties);
  const { attachments, leftOut } = readAttachments(object, properties, form.html ?? '', depth);
  const text = properties.text(ID.body);
  return {
    subject: oneLine(properties.text(ID.subject)),
    fields: readFields(object, properties),
    ...(messageId ? { messageId } : {}),
    ...form,
    ...(text ? { text: { content: text, flowed: false } } : {}),
    attachments,
    messages: leftOut ? [TOO_DEEP] : [],
  };
};

/** Controls end a subject's prefix in old messages. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const oneLine = (text: string): string => text.replace(/[\s\u0000-\u001f]+/g, ' ').trim();

/** What has form: a page, else RTF that was made neither from a page nor from text. */
const readForm = (properties: Properties): Pick<MailMessage, 'html' | 'rtf'> => {
  const page = properties.binary(ID.bodyHtml);
  const html = page ? properties.decode(page) : properties.text(ID.bodyHtml);
  if (html) return { html };
  const rtf = decompressRtf(properties.binary(ID.rtfCompressed) ?? new Uint8Array(0));
  if (!rtf || isFromText(rtf)) return {};
  const inside = htmlInRtf(rtf);
  return inside === undefined ? { rtf } : { html: inside };
};

const readFields = (object: Ole2Entry, properties: Properties): MailMessage['fields'] => {
  const stated = new Map<string, string>();
  for (const line of properties
    .text(ID.transportHeaders)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name && !stated.has(name.toLowerCase())) stated.set(name.toLowerCase(), value.trim());
  }
  const recipients = readRecipients(object, properties);
  const list = (type: number, shown: number): string =>
    recipients
      .filter((recipient) => recipient.type === type)
      .map(({ name }) => name)
      .join(', ') || oneLine(properties.text(shown));
  const fields = {
    From: senderOf(properties),
    To: list(TO, ID.displayTo),
    Cc: list(CC, ID.displayCc),
    Date: stated.get('date') || dateOf(properties),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
};

/** Addresses inside one Exchange organisation are paths that nobody reads. */
const mailbox = (name: string, ...addresses: string[]): string => {
  const address = addresses.find((each) => each.includes('@')) ?? '';
  if (address === '' || name === address) return name || address;
  return name ? `${name} <${address}>` : address;
};

/** The person for whom it was sent stands before the one who sent it. */
const senderOf = ({ text }: Properties): string =>
  mailbox(
    oneLine(text(ID.sentRepresentingName) || text(ID.senderName)),
    text(ID.sentRepresentingSmtpAddress),
    text(ID.sentRepresentingAddress),
    text(ID.senderSmtpAddress),
    text(ID.senderAddress),
  );

const dateOf = ({ time }: Properties): string => {
  const sent = time(ID.clientSubmitTime) ?? time(ID.deliveryTime);
  const date = new Date(sent ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toUTCString().replace('GMT', '+0000');
};

/** Numbers in the names of such storages are hexadecimal; their order is that of the message. */
const partsNamed = (object: Ole2Entry, prefix: string): Ole2Entry[] =>
  object.children
    .filter(({ name, kind }) => kind === 'storage' && name.startsWith(prefix))
    .sort((one, other) => (one.name < other.name ? -1 : 1));

const readRecipients = (object: Ole2Entry, message: Properties): { type: number; name: string }[] =>
  partsNamed(object, '__recip_version1.0_').map((part) => {
    const { text, number } = readProperties(part, 'part', message.encoding);
    const name = mailbox(oneLine(text(ID.displayName)), text(ID.smtpAddress), text(ID.emailAddress));
    return { type: number(ID.recipientType) ?? TO, name };
  });

const readAttachments = (object: Ole2Entry, message: Properties, html: string, depth: number) => {
  const uniqueName = createFileNames();
  const attachments: MailMessage['attachments'] = [];
  let leftOut = false;
  for (const part of partsNamed(object, '__attach_version1.0_')) {
    const properties = readProperties(part, 'part', message.encoding);
    const { text, number, binary, storage } = properties;
    const embedded = storage(ID.attachData);
    if (embedded && depth >= MAX_DEPTH) leftOut = true;
    else if (embedded) {
      const inner = readMessage(embedded, readProperties(embedded, 'embedded', message.encoding), depth + 1);
      leftOut ||= inner.messages.length > 0;
      const stem = nameOfSubject(inner.subject) || 'message';
      attachments.push({ fileName: uniqueName(`${stem}.eml`), bytes: writeEml(inner) });
    } else {
      const id = text(ID.attachContentId);
      const isOfPage =
        ((number(ID.attachFlags) ?? 0) & RENDERED_IN_BODY) !== 0 || (id !== '' && html.includes(`cid:${id}`));
      const name = text(ID.attachLongFileName) || text(ID.attachFileName) || text(ID.displayName) || 'attachment.bin';
      if (isOfPage && /\.(?:png|jpe?g|gif|bmp|emz|wmz)$/i.test(name)) continue;
      attachments.push({ fileName: uniqueName(name), bytes: binary(ID.attachData) ?? new Uint8Array(0) });
    }
  }
  return { attachments, leftOut };
};
