/** XHTML in the form in which an HTML parser reads it rightly. */
import { decodeText } from '../decode-text.ts';

/** HTML knows these as empty; all others have to be closed. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;
const SELF_CLOSED = /<([a-z][\w:.-]*)((?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?)\/>/gi;

/** "<title/>" is an element without content in XML, and the beginning of one in HTML: it would swallow what follows. */
export const closeElements = (bytes: Uint8Array, fileName: string): Uint8Array => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1];
  const { text } = decodeText(bytes, fileName, declared);
  const closed = text.replace(SELF_CLOSED, (all, name: string, attributes: string) =>
    VOID.test(name) ? all : `<${name}${attributes}></${name}>`,
  );
  return new TextEncoder().encode(closed);
};
