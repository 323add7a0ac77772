import { describe, expect, test } from '@jest/globals';
import { textLines } from '../../../../support/make-pdf.ts';
import { outlineOf, readPdf } from '../../../../support/read-pdf.ts';
import { makeTaggedPdf, type TagElement, type TaggedOptions } from '../../../../support/tagged-pdf.ts';

const PROSE = [
  'The supplier keeps the lighthouse lamps in working order throughout the year and',
  'reports every outage to the harbour office within two hours of noticing it.',
];

const prose = (y: number): TagElement => ({ type: 'P', texts: textLines(PROSE, 72, y) });
const line = (type: string, text: string, y: number, size = 11, bold = false): TagElement => ({
  type,
  texts: [{ text, x: 72, y, size, bold }],
});

const shown = async (elements: TagElement[], options?: TaggedOptions): Promise<string[]> =>
  outlineOf((await readPdf(makeTaggedPdf(elements, options))).root);

const TITLES = ['Lamps', 'Lenses', 'Oil', 'Keepers', 'Boats', 'Stores'];
/** A title of each level in the body's size, bold, and a paragraph below it. */
const chapters = (types: readonly string[], from = 120): TagElement[] =>
  types.flatMap((type, index) => [
    line(type, TITLES[index] ?? '', from + index * 90, 11, true),
    prose(from + 24 + index * 90),
  ]);

describe('headings by their tags', () => {
  test('Titles that look alike have the levels that their tags say', async () => {
    const found = await shown([line('H1', 'The harbour', 80, 18, true), ...chapters(['H2', 'H3', 'H3', 'H2'])]);
    expect(found.filter((one) => /^h\d/.test(one))).toEqual([
      'h1 The harbour',
      'h2 Lamps',
      'h3 Lenses',
      'h3 Oil',
      'h2 Keepers',
    ]);
  });

  test('A name of its own that the role map calls a heading is one', async () => {
    const found = await shown([line('Kopf', 'The harbour', 80, 18, true), prose(120)], { roleMap: '<< /Kopf /H1 >>' });
    expect(found[0]).toBe('h1 The harbour');
  });

  test('A tagged title right above its text is not drawn into it', async () => {
    const close = [
      line('H2', 'Oil and wicks are kept in the store behind the tower for the whole of winter', 120),
      prose(134),
    ];
    const found = await shown([line('H1', 'The harbour', 80, 18, true), ...close, ...chapters(['H2', 'H2'], 220)]);
    expect(found).toContain('h2 Oil and wicks are kept in the store behind the tower for the whole of winter');
  });

  test('A heading that has no tag stays a heading', async () => {
    const found = await shown([line('P', 'The harbour', 80, 18, true), ...chapters(['H2', 'H2'])]);
    expect(found[0]).toMatch(/^h\d The harbour$/);
  });

  test('Where nearly all headings are tagged, a bold paragraph among them is a paragraph', async () => {
    const found = await shown([
      line('H1', 'The harbour', 80, 18, true),
      ...chapters(['H2', 'H2', 'H2', 'H2', 'H2', 'P']),
      ...chapters(['H2', 'H2', 'H2', 'H2', 'H2'], 120).map((element) => ({
        ...element,
        texts: element.texts?.map((text) => ({ ...text, page: 1 })) ?? [],
      })),
    ]);
    expect(found).toContain('p Stores');
    expect(found).toContain('h2 Boats');
  });

  test('Where tags leave out headings that the page shows, a line that is set like the tagged ones is a heading', async () => {
    const later = (elements: TagElement[]): TagElement[] =>
      elements.map((element) => ({ ...element, texts: element.texts?.map((text) => ({ ...text, page: 1 })) ?? [] }));
    const numbered = ['1.1 LAMPS', '1.2 OIL', '1.3 BOATS', '1.4 OARS', '1.5 WICKS', '1.6 ROPES'].flatMap(
      (text, index) => [line(index < 4 ? 'H2' : 'P', text, 80 + index * 90, 11, true), prose(104 + index * 90)],
    );
    const BEHIND = 'and all that belongs to them in the tower and in the store';
    const titles = TITLES.slice(0, 5).map((title) => `${title} ${BEHIND}`);
    const unnumbered = [...titles, `${BEHIND}:`, `${BEHIND}:`].flatMap((text, index) => [
      line(index < 4 ? 'H2' : 'P', text, 80 + index * 62, 11, true),
      prose(104 + index * 62),
    ]);
    const found = await shown([...numbered, ...later([...unnumbered, prose(514), prose(552), prose(590)])]);
    const headings = found.filter((one) => one.startsWith('h'));
    expect(headings).toHaveLength(11);
    expect(headings.at(-1)).toContain(titles[4]);
  });

  test('Whole paragraphs that are tagged as headings stay paragraphs', async () => {
    const all = [80, 140, 200, 260].map((y) => ({ ...prose(y), type: 'H1' }));
    expect(await shown(all)).toEqual(all.map(() => `p ${PROSE.join(' ')}`));
  });

  test('One level for all headings does not flatten those that the page sets apart', async () => {
    const found = await shown([
      line('H1', 'The harbour', 80, 20, true),
      line('H1', '1.1 Lamps', 120, 14, true),
      prose(144),
      line('H1', '1.2 Oil', 190, 14, true),
      prose(214),
    ]);
    const [title, section] = found;
    expect(title).toBe('h1 The harbour');
    expect(section).toBe('h2 1.1 Lamps');
  });

  test('An entry of a tagged table of contents is a list item, never a heading', async () => {
    const contents = {
      type: 'TOC',
      children: [line('TOCI', 'Lamps 4', 80, 14, true), line('TOCI', 'Oil 5', 110, 14, true)],
    };
    const found = await shown([contents, prose(150), prose(200)]);
    expect(found.slice(0, 2)).toEqual(['* Lamps 4', '* Oil 5']);
  });
});

describe('headings by the outline', () => {
  test('A line that the outline names is a heading, whatever spaces and number the outline gives it', async () => {
    const elements = [
      line('P', 'The harbour', 80, 18, true),
      prose(110),
      line('P', 'Oil and wicks', 160, 11, true),
      prose(174),
    ];
    const found = await shown(elements, {
      outline: [
        { title: 'The  Harbour', depth: 1 },
        { title: '1.2 Oil and Wicks', depth: 2 },
      ],
    });
    expect(found[0]).toBe('h1 The harbour');
    expect(found).toContain('h2 Oil and wicks');
  });

  test('What the outline names and the page does not show is not made up', async () => {
    const found = await shown([line('P', 'The harbour', 80, 18, true), prose(110)], {
      outline: [{ title: 'Stores of the tower', depth: 1 }],
    });
    expect(found).toEqual(['h1 The harbour', `p ${PROSE.join(' ')}`]);
  });
});

describe('tags that lead astray', () => {
  test('Elements and entries of the outline that lead back into themselves end the reading, and the text is whole', async () => {
    const found = await shown([line('H1', 'The harbour', 80, 18, true), prose(120)], {
      cyclic: true,
      outline: [
        { title: 'The harbour', depth: 1 },
        { title: 'Lamps', depth: 1 },
      ],
    });
    expect(found).toEqual(['h1 The harbour', `p ${PROSE.join(' ')}`]);
  });

  test('A tree as deep as nobody writes one does not stop the reading', async () => {
    let deep: TagElement = prose(120);
    for (let depth = 0; depth < 500; depth++) deep = { type: 'Div', children: [deep] };
    expect(await shown([line('H1', 'The harbour', 80, 18, true), deep])).toEqual([
      'h1 The harbour',
      `p ${PROSE.join(' ')}`,
    ]);
  });

  test('More elements than any page has leave the page to its geometry, within a few seconds', async () => {
    const empty = Array.from({ length: 100_000 }, (): TagElement => ({ type: 'P' }));
    const started = performance.now();
    const found = await shown([
      line('P', 'The harbour', 80, 18, true),
      { type: 'Div', children: [...empty, prose(120)] },
    ]);
    expect(found).toEqual(['h1 The harbour', `p ${PROSE.join(' ')}`]);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
