/** Formulas of Office documents (ECMA-376 part 1, 22.1) as one line of text. */
import type { XmlElement } from '../ooxml/xml.ts';
import { child, childValue, elementsOf, textOf } from '../ooxml/xml.ts';

/** Linear as one would type it: "(a+b)/c", "x^2", "x_i", "√(2)", "∑_(i=1)^n". Every letter of the formula is in it, in order. */
export const formulaText = (element: XmlElement): string => {
  const part = (name: string) => formulaText(child(element, name) ?? NOTHING);
  const grouped = (name: string) => group(part(name));
  const property = (name: string) => childValue(child(element, `${element.name}Pr`), name);
  switch (element.name) {
    case 'm:r':
      return elementsOf(element, 'm:t').map(textOf).join('');
    case 'm:f':
      return `${grouped('m:num')}/${grouped('m:den')}`;
    case 'm:sSup':
      return part('m:e') + raised('^', part('m:sup'));
    case 'm:sSub':
      return part('m:e') + raised('_', part('m:sub'));
    case 'm:sSubSup':
      return part('m:e') + raised('_', part('m:sub')) + raised('^', part('m:sup'));
    case 'm:rad':
      return `${part('m:deg')}√(${part('m:e')})`;
    case 'm:nary':
      return `${property('m:chr') ?? '∫'}${raised('_', part('m:sub'))}${raised('^', part('m:sup'))} ${part('m:e')}`;
    case 'm:d':
      return `${property('m:begChr') ?? '('}${rowsOf(element, 'm:e').join(property('m:sepChr') ?? '|')}${property('m:endChr') ?? ')'}`;
    case 'm:func':
      return `${part('m:fName')} ${part('m:e')}`;
    case 'm:eqArr':
      return rowsOf(element, 'm:e').join('; ');
    case 'm:m':
      return `[${rowsOf(element, 'm:mr').join('; ')}]`;
    case 'm:mr':
      return rowsOf(element, 'm:e').join(' ');
    case 'w:t':
      return textOf(element);
    default:
      return elementsOf(element).map(formulaText).join('');
  }
};

const NOTHING: XmlElement = { name: '', rawAttributes: '', children: [] };

const rowsOf = (element: XmlElement, name: string): string[] => elementsOf(element, name).map(formulaText);

const group = (text: string): string => (/^[\p{L}\p{N}.]*$/u.test(text) ? text : `(${text})`);

const raised = (sign: string, text: string): string => (text.trim() === '' ? '' : `${sign}${group(text)}`);
