/** Small presentations from pieces of PresentationML, for tests. */
import { strToU8, zipSync } from 'fflate';

const NAMESPACES = [
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
  'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
].join(' ');
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

interface SlideParts {
  shapes: string;
  /** Type of its layout; "obj" (a title and content) if not given. */
  layout?: string;
  /** Attributes of the slide. */
  attributes?: string;
  /** Shapes of its notes page. */
  notes?: string;
  /** Relationship elements beside those of layout and notes. */
  relationships?: string;
}

interface PptxParts {
  slides: readonly SlideParts[];
  /** Further entries of the ZIP by name. */
  more?: Record<string, string>;
}

const relationship = (id: string, type: string, target: string, more = ''): string =>
  `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"${more}/>`;

export const related = (id: string, type: string, target: string): string => relationship(id, type, target);
export const linked = (id: string, url: string): string => relationship(id, 'hyperlink', url, ' TargetMode="External"');

const tree = (shapes: string): string => `<p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>${shapes}</p:spTree></p:cSld>`;

/** Lists have bullets on two levels and figures on the third, as the master of the presentation says. */
const MASTER_STYLES = `<p:txStyles><p:titleStyle/><p:bodyStyle>
<a:lvl1pPr marL="342900" indent="-342900"><a:buFont typeface="Arial"/><a:buChar char="•"/></a:lvl1pPr>
<a:lvl2pPr marL="685800" indent="-342900"><a:buChar char="–"/></a:lvl2pPr>
<a:lvl3pPr marL="1028700" indent="-342900"><a:buAutoNum type="alphaLcParenBoth"/></a:lvl3pPr>
</p:bodyStyle><p:otherStyle/></p:txStyles>`;

export const buildPptx = ({ slides, more }: PptxParts): Uint8Array => {
  const layouts = [...new Set(slides.map(({ layout }) => layout ?? 'obj'))];
  const entries: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relationship('r', 'officeDocument', 'ppt/presentation.xml')}</Relationships>`,
    'ppt/presentation.xml': `<p:presentation ${NAMESPACES}><p:sldIdLst>${slides
      .map((_, at) => `<p:sldId id="${256 + at}" r:id="s${at}"/>`)
      .join('')}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
    // Later slides have lower numbers in their names, so that only the list of slides gives their order.
    'ppt/_rels/presentation.xml.rels': `<Relationships>${slides
      .map((_, at) => relationship(`s${at}`, 'slide', `slides/slide${slides.length - at}.xml`))
      .join('')}</Relationships>`,
    'ppt/slideMasters/m.xml': `<p:sldMaster ${NAMESPACES}>${tree(
      placeholder('type="title"', '') + placeholder('type="body" idx="1"', ''),
    )}${MASTER_STYLES}</p:sldMaster>`,
  };
  for (const type of layouts) {
    entries[`ppt/slideLayouts/${type}.xml`] =
      `<p:sldLayout ${NAMESPACES} type="${type}">${tree(LAYOUT_SHAPES)}</p:sldLayout>`;
    entries[`ppt/slideLayouts/_rels/${type}.xml.rels`] =
      `<Relationships>${relationship('m', 'slideMaster', '../slideMasters/m.xml')}</Relationships>`;
  }
  slides.forEach(({ shapes, layout, attributes, notes, relationships }, at) => {
    const number = slides.length - at;
    const notesPart = relationship('n', 'notesSlide', `../notesSlides/n${number}.xml`);
    entries[`ppt/slides/slide${number}.xml`] = `<p:sld ${NAMESPACES} ${attributes ?? ''}>${tree(shapes)}</p:sld>`;
    entries[`ppt/slides/_rels/slide${number}.xml.rels`] = `<Relationships>${relationship(
      'l',
      'slideLayout',
      `../slideLayouts/${layout ?? 'obj'}.xml`,
    )}${notes === undefined ? '' : notesPart}${relationships ?? ''}</Relationships>`;
    if (notes !== undefined) {
      entries[`ppt/notesSlides/n${number}.xml`] = `<p:notes ${NAMESPACES}>${tree(notes)}</p:notes>`;
    }
  });
  Object.assign(entries, more);
  return zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])));
};

/** A part of its own, such as a chart. */
export const part = (name: string, inner: string): string => `<${name} ${NAMESPACES}>${inner}</${name}>`;

export const run = (text: string, properties = ''): string => `<a:r><a:rPr ${properties}/><a:t>${text}</a:t></a:r>`;

export const paragraph = (content: string, properties = '', inner = ''): string =>
  `<a:p><a:pPr ${properties}>${inner}</a:pPr>${content.startsWith('<') ? content : run(content)}</a:p>`;

/** `at`: x, y, width and height, in hundredths of an inch. */
export const frame = (at: readonly [number, number, number, number] | undefined): string => {
  if (!at) return '';
  const [x, y, width, height] = at.map((value) => value * 9144);
  return `<a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="${width}" cy="${height}"/></a:xfrm>`;
};

export const textBox = (paragraphs: string, at?: readonly [number, number, number, number], properties = ''): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="9" name="Text" ${properties}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>${frame(at)}</p:spPr><p:txBody><a:bodyPr/>${paragraphs}</p:txBody></p:sp>`;

export const placeholder = (kind: string, paragraphs: string): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr><p:ph ${kind}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>${paragraphs}</p:txBody></p:sp>`;

export const title = (text: string): string => placeholder('type="title"', paragraph(text));
export const content = (paragraphs: string): string => placeholder('idx="1"', paragraphs);

const LAYOUT_SHAPES =
  placeholder('type="title"', '') +
  placeholder('idx="1"', '') +
  `<p:sp><p:nvSpPr><p:cNvPr id="3" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="body" idx="2"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle><a:lvl1pPr marL="0" indent="0"><a:buNone/></a:lvl1pPr></a:lstStyle></p:txBody></p:sp>`;

export const graphic = (data: string, at?: readonly [number, number, number, number]): string =>
  `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="x"/><p:nvPr/></p:nvGraphicFramePr>${frame(at).replaceAll('a:xfrm', 'p:xfrm')}<a:graphic><a:graphicData>${data}</a:graphicData></a:graphic></p:graphicFrame>`;

export const cell = (text: string, attributes = ''): string =>
  `<a:tc ${attributes}><a:txBody><a:bodyPr/>${text === '' ? '<a:p/>' : paragraph(text)}</a:txBody></a:tc>`;

export const tableOf = (rows: readonly (readonly string[])[], properties = 'firstRow="1"'): string =>
  `<a:tbl><a:tblPr ${properties}/>${rows.map((cells) => `<a:tr>${cells.join('')}</a:tr>`).join('')}</a:tbl>`;
