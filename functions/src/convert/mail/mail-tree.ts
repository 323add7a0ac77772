/** A message to a tree: subject, header fields, body, and the list of what is attached. */
import type { ListItem, Nodes, Paragraph, RootContent } from 'mdast';
import type { SafetyFinding } from '../../contracts/document.ts';
import { fromHtml } from '../from-html.ts';
import type { SourceTree, UnpackedFile } from '../source-tree.ts';
import { countUnreadable, emptyTree } from '../source-tree-parts.ts';
import { readableFormat, shownSize } from '../unpacked-file.ts';
import { type MailMessage, SHOWN_FIELDS } from './message.ts';
import { fromMailText } from './text-body.ts';

export const mailTree = async (message: MailMessage, fileName: string): Promise<SourceTree> => {
  const body = await bodyTree(message, fileName);
  const { subject, fields, messageId, attachments } = message;
  const shown = SHOWN_FIELDS.flatMap((name) => (fields[name] ? [`${name}: ${fields[name]}`] : []));
  const children: RootContent[] = [
    ...(subject ? [{ type: 'heading' as const, depth: 1 as const, children: [text(subject)] }] : []),
    ...shown.map(paragraph),
    ...body.root.children,
    ...attachmentList(attachments),
  ];
  const metadata = Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...body,
    root: { type: 'root', children },
    messages: [...message.messages, ...body.messages],
    safety: [...body.safety, ...unreadableAttachments(attachments)],
    unreadableCharacters: body.unreadableCharacters + countUnreadable([subject, ...shown].join('')),
    title: subject,
    metadata: { ...Object.fromEntries(metadata), ...(messageId ? { messageId } : {}) },
  };
};

/** A page saved as a message (RFC 2557): the page alone. */
export const savedPageTree = async (message: MailMessage, fileName: string): Promise<SourceTree> => {
  const page = await bodyTree(message, fileName);
  return { ...page, messages: [...message.messages, ...page.messages], title: page.title || message.subject };
};

/** The page; what was written with form; the text. Of these the first that shows something. */
const bodyTree = async ({ html, rtf, text: plain }: MailMessage, fileName: string): Promise<SourceTree> => {
  if (html) {
    const tree = fromHtml({ bytes: new TextEncoder().encode(html.replaceAll('\0', '')), fileName }, 'part');
    if (showsSomething(tree.root)) return tree;
  }
  if (rtf) {
    const tree = await (await import('../rtf/index.ts')).fromRtf({ bytes: rtf, fileName });
    if (showsSomething(tree.root)) return tree;
  }
  return plain ? fromMailText(plain.content.replaceAll('\0', ''), plain.flowed) : emptyTree([]);
};

const showsSomething = (root: Nodes): boolean => {
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (('value' in node && node.value.trim() !== '') || ('alt' in node && node.alt)) return true;
    if ('children' in node) for (const child of node.children) waiting.push(child);
  }
  return false;
};

const text = (value: string) => ({ type: 'text' as const, value });
const paragraph = (value: string): Paragraph => ({ type: 'paragraph', children: [text(value)] });

const attachmentList = (attachments: readonly UnpackedFile[]): RootContent[] => {
  if (attachments.length === 0) return [];
  const items = attachments.map(
    ({ fileName, bytes }): ListItem => ({
      type: 'listItem',
      children: [paragraph(`${fileName} (${shownSize(bytes.length)})`)],
    }),
  );
  return [
    { type: 'heading', depth: 2, children: [text('Attachments')] },
    { type: 'list', ordered: false, spread: false, children: items },
  ];
};

const unreadableAttachments = (attachments: readonly UnpackedFile[]): SafetyFinding[] => {
  const number = attachments.filter((file) => readableFormat(file) === undefined).length;
  if (number === 0) return [];
  const files = number === 1 ? '1 attached file is' : `${number} attached files are`;
  return [{ code: 'EMBEDDED_FILE', text: `${files} in no format that can be read.` }];
};
