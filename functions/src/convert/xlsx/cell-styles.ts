/** Cell styles: the number format, and whether a cell stands out. */
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, childValue, elementsOf, toggle } from '../ooxml/xml.ts';
import builtinFormats from './builtin-formats.json' with { type: 'json' };
import type { NumberFormat } from './format-number.ts';
import { createNumberFormat } from './format-number.ts';

export interface CellStyle {
  format: NumberFormat;
  /** Bold, or on a coloured ground: how header cells are set off. */
  standsOut: boolean;
  /** Ruled below or at both sides: an empty cell of this kind belongs to the table around it. */
  isRuled: boolean;
  /** Its text is white on white, or under 1 pt. */
  unseen?: 'same_colour' | 'tiny';
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
  const white = elementsOf(child(root, 'fonts')).map((font) => isWhite(child(font, 'color')));
  const tiny = elementsOf(child(root, 'fonts')).map((font) => Number(childValue(font, 'sz') ?? 11) <= 1);
  const open = elementsOf(child(root, 'fills')).map(isOpen);
  const unseenIn = (xf: XmlElement): Pick<CellStyle, 'unseen'> => {
    const font = Number(attribute(xf, 'fontId'));
    if (tiny[font]) return { unseen: 'tiny' };
    return white[font] && (open[Number(attribute(xf, 'fillId') ?? 0)] ?? true) ? { unseen: 'same_colour' } : {};
  };
  const ruled = elementsOf(child(root, 'borders')).map(isRuled);
  const styles = elementsOf(child(root, 'cellXfs')).map(
    (xf): CellStyle => ({
      format: formatOf(attribute(xf, 'numFmtId') ?? '0'),
      standsOut: (bold[Number(attribute(xf, 'fontId'))] ?? false) || (filled[Number(attribute(xf, 'fillId'))] ?? false),
      isRuled: ruled[Number(attribute(xf, 'borderId'))] ?? false,
      ...unseenIn(xf),
    }),
  );
  const plain = { format: formatOf('0'), standsOut: false, isRuled: false };
  return (index) => styles[index] ?? plain;
};

/** White is no colour. */
const isColoured = (fill: XmlElement): boolean => {
  const pattern = child(fill, 'patternFill');
  return attribute(pattern, 'patternType') === 'solid' && !isWhite(child(pattern, 'fgColor'));
};

/** By its code, or as the first colour of the theme, which is that of the paper; a tint makes it another one. */
const isWhite = (colour: XmlElement | undefined): boolean => {
  if (/^(?:FF|00)?FFFFFF$/i.test(attribute(colour, 'rgb') ?? '')) return true;
  return attribute(colour, 'theme') === '0' && Number(attribute(colour, 'tint') ?? 0) === 0;
};

/** No fill, or a white one: the paper. Any pattern or gradient is another ground. */
const isOpen = (fill: XmlElement): boolean => {
  if (child(fill, 'gradientFill')) return false;
  const type = attribute(child(fill, 'patternFill'), 'patternType') ?? 'none';
  return type === 'none' || (type === 'solid' && isWhite(child(child(fill, 'patternFill'), 'fgColor')));
};

const isRuled = (border: XmlElement): boolean => {
  const has = (side: string) => (attribute(child(border, side), 'style') ?? 'none') !== 'none';
  return has('bottom') || ((has('left') || has('start')) && (has('right') || has('end')));
};
