/** Text as it may stand in a part of an XLSX file. */

/** Characters that XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets); lone surrogates match under the u flag. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/gu;

/** Excel reads _x0041_ in a text as "A" (ECMA-376 part 1, 22.9.2.19); the underscore itself, escaped, keeps it as it is. */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeXml = (text: string): string =>
  text.replace(ILLEGAL, '').replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/** Text of a cell: line breaks become LF, the only one that Excel shows. */
export const cellText = (text: string): string =>
  escapeXml(text.replace(/\r\n?/g, '\n').replace(LOOKS_ESCAPED, '_x005F_'));
