/** Layouts and masters: what the placeholders of a slide inherit (ECMA-376 part 1, 19.3.1.36). */
import type { OfficePackage } from '../ooxml/package.ts';
import { relatedPart } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import { chosenElements } from './reading.ts';

export interface Placeholder {
  /** "title", "body", "ftr"; "obj" where the file says nothing. */
  type: string;
  index: string;
}

export interface Design {
  /** "title", "secHead", "obj"; undefined for custom layouts. */
  layoutType: string | undefined;
  /** The shapes that a placeholder inherits from: of the layout, then of the master. */
  ancestors(placeholder: Placeholder): XmlElement[];
  /** List styles that apply to a shape's text after its own. */
  listStyles(placeholder: Placeholder | undefined): (XmlElement | undefined)[];
}

export const placeholderOf = (shape: XmlElement): Placeholder | undefined => {
  const [nonVisual] = elementsOf(shape);
  const found = child(child(nonVisual, 'p:nvPr'), 'p:ph');
  return found && { type: attribute(found, 'type') ?? 'obj', index: attribute(found, 'idx') ?? '0' };
};

export const isTitle = (placeholder: Placeholder | undefined): boolean =>
  placeholder?.type === 'title' || placeholder?.type === 'ctrTitle';

/** Reads a layout and its master once, however many slides use them. `part` of a slide. */
export const createDesigns = (office: OfficePackage): ((part: string) => Design) => {
  const designs = new Map<string, Design>();
  return (part) => {
    const layout = relatedPart(office.relationships(part), 'slideLayout') ?? '';
    const design = designs.get(layout) ?? readDesign(office, layout);
    designs.set(layout, design);
    return design;
  };
};

type Entry = readonly [Placeholder, XmlElement];

const readDesign = (office: OfficePackage, layoutPart: string): Design => {
  const masterPart = relatedPart(office.relationships(layoutPart), 'slideMaster') ?? '';
  const layout = office.xml(layoutPart);
  const master = office.xml(masterPart);
  const ofLayout = placeholdersOf(layout);
  const ofMaster = placeholdersOf(master);
  const styles = child(master, 'p:txStyles');
  const ancestors = (placeholder: Placeholder): XmlElement[] => {
    const family = familyOf(placeholder.type);
    const own =
      ofLayout.find(([{ type, index }]) => index === placeholder.index && familyOf(type) === family) ??
      ofLayout.find(([{ type }]) => type === placeholder.type);
    const basic = ofMaster.find(([{ type }]) => familyOf(type) === family);
    return [own, basic].flatMap((entry) => (entry ? [entry[1]] : []));
  };
  return {
    layoutType: attribute(layout, 'type'),
    ancestors,
    listStyles: (placeholder) => {
      if (!placeholder) return [child(styles, 'p:otherStyle')];
      const name = STYLE_NAMES[familyOf(placeholder.type)] ?? 'p:otherStyle';
      const shapes = ancestors(placeholder).map((shape) => child(child(shape, 'p:txBody'), 'a:lstStyle'));
      return [...shapes, child(styles, name)];
    },
  };
};

const STYLE_NAMES: Readonly<Record<string, string>> = { title: 'p:titleStyle', body: 'p:bodyStyle' };

/** A master has one placeholder for titles, one for all kinds of content, and those of the foot. */
const familyOf = (type: string): string => {
  if (type === 'ctrTitle' || type === 'title') return 'title';
  return /^(?:dt|ftr|hdr|sldNum|sldImg)$/.test(type) ? type : 'body';
};

const placeholdersOf = (part: XmlElement | undefined): Entry[] =>
  chosenElements(child(child(part, 'p:cSld'), 'p:spTree')).flatMap((shape): Entry[] => {
    const placeholder = placeholderOf(shape);
    return placeholder ? [[placeholder, shape]] : [];
  });
