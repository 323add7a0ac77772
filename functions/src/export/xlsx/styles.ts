/** The look of every sheet: styles.xml, and the numbers by which cells name a style. */
import type { Tint } from './sheet.ts';

/** Positions in cellXfs below. `literal` is text that begins like a formula: it stays text when somebody edits the cell. */
export const STYLE = { plain: 0, header: 1, text: 2, literal: 3, number: 4, heading: 5 } as const;

const TINTS: readonly { name: Tint; fill: string; text: string }[] = [
  { name: 'red', fill: 'FFFBE3E1', text: 'FF8C1D18' },
  { name: 'amber', fill: 'FFFFF1D6', text: 'FF7A4F01' },
  { name: 'green', fill: 'FFE3F3E3', text: 'FF1E5E2A' },
  { name: 'blue', fill: 'FFE2EEFB', text: 'FF174A7C' },
  { name: 'violet', fill: 'FFEDE7F6', text: 'FF4A2C82' },
  { name: 'grey', fill: 'FFF0F1F3', text: 'FF4A5059' },
];

/** Position in dxfs below. */
export const tintIndex = (tint: Tint): number => TINTS.findIndex(({ name }) => name === tint);

/** Excel accepts the parts of a font in this order only. */
const font = (options: { bold: boolean; argb: string }): string =>
  `<font>${options.bold ? '<b/>' : ''}<sz val="10"/><color rgb="${options.argb}"/><name val="Calibri"/><family val="2"/></font>`;
const fill = (argb: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${argb}"/></patternFill></fill>`;
const side = (name: string): string => `<${name} style="thin"><color rgb="FFD5D9DF"/></${name}>`;

const xf = (ids: { font: number; fill: number; border: number }, alignment: string, extra = ''): string =>
  `<xf numFmtId="0" fontId="${ids.font}" fillId="${ids.fill}" borderId="${ids.border}" xfId="0" applyFont="1" ` +
  `applyFill="1" applyBorder="1" applyAlignment="1"${extra}>${alignment}</xf>`;

const WRAP = '<alignment vertical="top" wrapText="1"/>';

const CELL_FORMATS = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  xf({ font: 1, fill: 2, border: 1 }, '<alignment vertical="center" wrapText="1"/>'),
  xf({ font: 0, fill: 0, border: 1 }, WRAP),
  xf({ font: 0, fill: 0, border: 1 }, WRAP, ' quotePrefix="1"'),
  xf({ font: 0, fill: 0, border: 1 }, '<alignment horizontal="center" vertical="top"/>'),
  xf({ font: 2, fill: 3, border: 1 }, WRAP),
];

const list = (tag: string, items: readonly string[]): string =>
  `<${tag} count="${items.length}">${items.join('')}</${tag}>`;

export const STYLES_XML = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  list('fonts', [
    font({ bold: false, argb: 'FF1D2025' }),
    font({ bold: true, argb: 'FFFFFFFF' }),
    font({ bold: true, argb: 'FF1F3A5F' }),
  ]),
  list('fills', [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    fill('FF1F3A5F'),
    fill('FFEAF0F7'),
  ]),
  list('borders', [
    '<border><left/><right/><top/><bottom/><diagonal/></border>',
    `<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border>`,
  ]),
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  list('cellXfs', CELL_FORMATS),
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  list(
    'dxfs',
    TINTS.map(
      (tint) =>
        `<dxf><font><color rgb="${tint.text}"/></font><fill><patternFill patternType="solid">` +
        `<fgColor rgb="${tint.fill}"/><bgColor rgb="${tint.fill}"/></patternFill></fill></dxf>`,
    ),
  ),
  '</styleSheet>',
].join('');
