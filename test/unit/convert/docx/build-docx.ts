/** Small Word files from pieces of WordprocessingML, for tests. */
import { strToU8, zipSync } from 'fflate';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface DocxParts {
  body: string;
  styles?: string;
  numbering?: string;
  footnotes?: string;
  /** Further entries of the ZIP by name. */
  more?: Record<string, string>;
  /** Relationship elements beside those of the parts above. */
  relationships?: string;
}

export const buildDocx = (parts: DocxParts): Uint8Array => {
  const related = (['styles', 'numbering', 'footnotes'] as const).filter((name) => parts[name] !== undefined);
  const entries: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${TYPES}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0"?><w:document ${W} ${R}><w:body>${parts.body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships>${related
      .map((name) => `<Relationship Id="${name}" Type="${TYPES}/${name}" Target="${name}.xml"/>`)
      .join('')}${parts.relationships ?? ''}</Relationships>`,
    ...parts.more,
  };
  for (const name of related) entries[`word/${name}.xml`] = `<w:${name} ${W} ${R}>${parts[name]}</w:${name}>`;
  return zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])));
};

export const run = (text: string, properties = ''): string =>
  `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`;

export const paragraph = (content: string, properties = ''): string =>
  `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}${content.startsWith('<') ? content : run(content)}</w:p>`;

export const numbered = (text: string, numId: number, level = 0): string =>
  paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`);

/** A list definition: one [format, text] per level. */
export const abstractList = (id: number, levels: readonly (readonly [string, string])[], extra = ''): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels
    .map(
      ([format, text], level) =>
        `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${extra}</w:lvl>`,
    )
    .join('')}</w:abstractNum>`;

export const listInstance = (numId: number, abstractId: number, overrides = ''): string =>
  `<w:num w:numId="${numId}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`;

export const tableOf = (rows: readonly (readonly string[])[], properties = ''): string =>
  `<w:tbl>${properties ? `<w:tblPr>${properties}</w:tblPr>` : ''}${rows
    .map((cells) => `<w:tr>${cells.join('')}</w:tr>`)
    .join('')}</w:tbl>`;

export const cell = (content: string, properties = ''): string =>
  `<w:tc>${properties ? `<w:tcPr>${properties}</w:tcPr>` : ''}${content.startsWith('<') ? content : paragraph(content)}</w:tc>`;
