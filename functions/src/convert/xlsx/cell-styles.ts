/** Cell styles: the number format, and whether a cell stands out. */
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf, toggle } from '../ooxml/xml.ts';
import builtinFormats from './builtin-formats.json' with { type: 'json' };
import type { NumberFormat } from './format-number.ts';
import { createNumberFormat } from './format-number.ts';

export interface CellStyle {
  format: NumberFormat;
  /** Bold, or on a coloured ground: how header cells are set off. */
  standsOut: boolean;
  /** Ruled below or at both sides: an empty cell of this kind belongs to the table around it. */
  isRuled: boolean;
}

const BUILTIN: Readonly<Record<string, string>> = builtinFormats;

/** Style by index, as cells name it; an index that is not there has the plain style. */
export const readCellStyles = (root: XmlElement | undefined, date1904: boolean): ((index: number) => CellStyle) => {
  const codes = new Map(
    elementsOf(child(root, 'numFmts')).map((format) => [
      attribute(format, 'numFmtId') ?? '',
      attribute(format, 'formatCode') ?? '',
    ]),
  );
  const formats = new Map<string, NumberFormat>();
  const formatOf = (id: string): NumberFormat => {
    const code = codes.get(id) ?? BUILTIN[id] ?? 'General';
    const format = formats.get(code) ?? createNumberFormat(code, date1904);
    formats.set(code, format);
    return format;
  };
  const bold = elementsOf(child(root, 'fonts')).map((font) => toggle(font, 'b') ?? false);
  const filled = elementsOf(child(root, 'fills')).map(isColoured);
  const ruled = elementsOf(child(root, 'borders')).map(isRuled);
  const styles = elementsOf(child(root, 'cellXfs')).map(
    (xf): CellStyle => ({
      format: formatOf(attribute(xf, 'numFmtId') ?? '0'),
      standsOut: (bold[Number(attribute(xf, 'fontId'))] ?? false) || (filled[Number(attribute(xf, 'fillId'))] ?? false),
      isRuled: ruled[Number(attribute(xf, 'borderId'))] ?? false,
    }),
  );
  const plain = { format: formatOf('0'), standsOut: false, isRuled: false };
  return (index) => styles[index] ?? plain;
};

/** White is no colour. */
const isColoured = (fill: XmlElement): boolean => {
  const pattern = child(fill, 'patternFill');
  if (attribute(pattern, 'patternType') !== 'solid') return false;
  const colour = child(pattern, 'fgColor');
  return attribute(colour, 'theme') !== '0' && !/^(?:FF|00)?FFFFFF$/i.test(attribute(colour, 'rgb') ?? '');
};

const isRuled = (border: XmlElement): boolean => {
  const has = (side: string) => (attribute(child(border, side), 'style') ?? 'none') !== 'none';
  return has('bottom') || ((has('left') || has('start')) && (has('right') || has('end')));
};
