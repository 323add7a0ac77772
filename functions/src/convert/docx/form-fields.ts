/** Fields of forms as Word had them before content controls (ECMA-376 part 1, 17.16.17). */
import type { PhrasingContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, childValue, elementsOf, toggle } from '../ooxml/xml.ts';

/** A check box and a list to choose from have no result in the text, only a state. A text field has one, and gives nothing here. */
export const readFormField = (formField: XmlElement | undefined): PhrasingContent[] => {
  const value = boxText(child(formField, 'w:checkBox')) ?? chosenText(child(formField, 'w:ddList'));
  return value === undefined ? [] : [{ type: 'text', value }];
};

const boxText = (box: XmlElement | undefined): string | undefined =>
  box && ((toggle(box, 'w:checked') ?? toggle(box, 'w:default')) ? '☒' : '☐');

const chosenText = (list: XmlElement | undefined): string | undefined => {
  const chosen = Number(childValue(list, 'w:result') ?? childValue(list, 'w:default') ?? 0);
  return attribute(elementsOf(list, 'w:listEntry')[chosen], 'val');
};
