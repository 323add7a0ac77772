/** A tagged PDF (ISO 32000-1, 14.7) written by hand, for tests that must say what its tags hold, and where they lie. */
import type { PdfText } from './make-pdf.ts';

export interface TaggedText extends PdfText {
  /** From 0, the default. */
  page?: number;
}

export interface TagElement {
  type: string;
  /** An attribute dictionary: "<< /O /Table /ColSpan 2 >>". */
  attributes?: string;
  texts?: TaggedText[];
  children?: TagElement[];
}

export interface TaggedOptions {
  /** Text marked as no content. */
  artifacts?: TaggedText[];
  /** Text without any mark. */
  loose?: TaggedText[];
  /** Straight lines of the first page: x0, y0, x1, y1 from the top left corner. */
  lines?: [number, number, number, number][];
  /** "<< /Kopf /H1 >>" */
  roleMap?: string;
  /** Titles with their depth from 1, all of the first page. */
  outline?: { title: string; depth: number }[];
  /** The last element names the first one as its child, and the last entry of the outline the first as its next. */
  cyclic?: boolean;
}

const HEIGHT = 792;
const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&');

const shown = ({ text, x, y, size = 11, bold }: PdfText): string =>
  `BT /${bold ? 'FB' : 'FR'} ${size} Tf 1 0 0 1 ${x} ${HEIGHT - y} Tm (${escaped(text)}) Tj ET`;

/** Bytes of the file; text is limited to Latin-1. */
export const makeTaggedPdf = (elements: readonly TagElement[], options: TaggedOptions = {}): Uint8Array => {
  const { artifacts = [], loose = [], lines = [], roleMap, outline = [], cyclic = false } = options;
  const objects: string[] = [];
  const reserve = (): number => objects.push('');
  const write = (id: number, body: string): void => {
    objects[id - 1] = body;
  };
  const [catalog, pages, regular, bold, root, outlines] = Array.from({ length: 6 }, reserve) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const contents: string[][] = [];
  const parents: number[][] = [];
  const onPage = (page: number): string[] => {
    contents[page] ??= [];
    parents[page] ??= [];
    return contents[page];
  };
  onPage(0);
  const pageIds: number[] = [];
  const pageId = (page: number): number => {
    pageIds[page] ??= reserve();
    return pageIds[page];
  };

  const ids: number[] = [];
  const add = ({ type, attributes, texts = [], children = [] }: TagElement, parent: number): number => {
    const id = reserve();
    ids.push(id);
    const own = texts.map((text) => {
      const page = text.page ?? 0;
      const content = onPage(page);
      const mark = parents[page]?.push(id) ?? 1;
      content.push(`/${type} << /MCID ${mark - 1} >> BDC ${shown(text)} EMC`);
      return `<< /Type /MCR /Pg ${pageId(page)} 0 R /MCID ${mark - 1} >>`;
    });
    const kids = [...own, ...children.map((child) => `${add(child, id)} 0 R`)];
    const more = attributes ? `/A ${attributes}` : '';
    write(id, `<< /Type /StructElem /S /${type} /P ${parent} 0 R /K [${kids.join(' ')}] ${more} >>`);
    return id;
  };
  const top = elements.map((element) => add(element, root));
  const [first, last] = [ids[0], ids.at(-1)];
  if (cyclic && first && last) write(last, objects[last - 1]?.replace(/\] {2}>>$/, ` ${first} 0 R]  >>`) ?? '');

  for (const text of loose) onPage(text.page ?? 0).push(shown(text));
  for (const text of artifacts) onPage(text.page ?? 0).push(`/Artifact BMC ${shown(text)} EMC`);
  for (const [x0, y0, x1, y1] of lines) onPage(0).push(`${x0} ${HEIGHT - y0} m ${x1} ${HEIGHT - y1} l S`);

  const nums = parents.map((of, page) => `${page} [${of.map((id) => `${id} 0 R`).join(' ')}]`).join(' ');
  const map = roleMap ? `/RoleMap ${roleMap}` : '';
  write(
    root,
    `<< /Type /StructTreeRoot /K [${top.map((id) => `${id} 0 R`).join(' ')}] /ParentTree << /Nums [${nums}] >> ${map} >>`,
  );
  contents.forEach((content, page) => {
    const stream = content.join('\n');
    const at = reserve();
    write(at, `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
    write(
      pageId(page),
      `<< /Type /Page /Parent ${pages} 0 R /MediaBox [0 0 612 ${HEIGHT}] /StructParents ${page} /Resources << /Font << /FR ${regular} 0 R /FB ${bold} 0 R >> >> /Contents ${at} 0 R >>`,
    );
  });
  write(pages, `<< /Type /Pages /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] /Count ${pageIds.length} >>`);
  write(regular, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  write(bold, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>');
  write(
    catalog,
    `<< /Type /Catalog /Pages ${pages} 0 R /MarkInfo << /Marked true >> /StructTreeRoot ${root} 0 R ${outline.length > 0 ? `/Outlines ${outlines} 0 R` : ''} >>`,
  );

  const entries = outline.map(({ title, depth }) => ({ title, depth, id: reserve() }));
  const childOf = (index: number, depth: number): number | undefined =>
    entries[index]?.depth === depth ? entries[index].id : undefined;
  entries.forEach(({ title, depth, id }, index) => {
    const after = entries.slice(index + 1);
    const end = after.findIndex((entry) => entry.depth < depth);
    const next = (end < 0 ? after : after.slice(0, end)).find((entry) => entry.depth === depth)?.id;
    const back = cyclic && index === entries.length - 1 ? entries[0]?.id : undefined;
    const child = childOf(index + 1, depth + 1);
    const links = [
      (next ?? back) ? `/Next ${next ?? back} 0 R` : '',
      child ? `/First ${child} 0 R /Last ${child} 0 R` : '',
    ];
    write(
      id,
      `<< /Title (${escaped(title)}) /Parent ${outlines} 0 R /Dest [${pageId(0)} 0 R /Fit] ${links.join(' ')} >>`,
    );
  });
  const [begin, end] = [entries[0]?.id, entries.at(-1)?.id];
  write(outlines, begin ? `<< /Type /Outlines /First ${begin} 0 R /Last ${end} 0 R >>` : '<< >>');

  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  file += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(file, (letter) => letter.charCodeAt(0));
};
