/** A message as a person reads it, whatever the file was that held it. */
import type { ConversionMessage } from '../../contracts/document.ts';
import type { UnpackedFile } from '../source-tree.ts';

/** The header fields that are shown, in the order in which they are shown. */
export const SHOWN_FIELDS = ['From', 'To', 'Cc', 'Date'] as const;

export interface MailMessage {
  subject: string;
  /** As the message states them, encoded words decoded; a field that is not stated is missing. */
  fields: Partial<Record<(typeof SHOWN_FIELDS)[number], string>>;
  messageId?: string;
  /** The page that is its body. */
  html?: string;
  /** Its body as Outlook keeps one that was no page. */
  rtf?: Uint8Array;
  /** Its body without form; `flowed`: lines were joined by RFC 3676. */
  text?: { content: string; flowed: boolean };
  /** Pictures that belong into the page are not among them. */
  attachments: UnpackedFile[];
  messages: ConversionMessage[];
}
