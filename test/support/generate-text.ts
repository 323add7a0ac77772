/** Sentences, lists and tables of an invented digitisation service, drawn from a seeded generator. */
import type { ContentBlock, ListItem, Sentence } from './content-blocks.ts';
import vocabulary from './generator-vocabulary.json' with { type: 'json' };
import type { SeededRandom } from './seeded-random.ts';

type SentenceKind = keyof typeof vocabulary.sentences;

const BINDS: Partial<Record<SentenceKind, Sentence['binds']>> = {
  contractorMandatory: { actor: 'contractor', obligation: 'mandatory' },
  contractorProhibited: { actor: 'contractor', obligation: 'prohibited' },
  contractorDesired: { actor: 'contractor', obligation: 'desired' },
  offerorMandatory: { actor: 'offeror', obligation: 'mandatory' },
};
const slots: Record<string, string[]> = vocabulary.slots;
const isSentenceKind = (kind: string): kind is SentenceKind => kind in vocabulary.sentences;
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Fills `{slot}`; `{slot^}` begins with a capital letter. Numbers rise, so that hardly any sentence comes twice. */
const createFill = (random: SeededRandom): ((template: string) => string) => {
  let serial = 100;
  const nextSerial = (): string => {
    serial += random.whole(1, 7);
    return String(serial);
  };
  const valueFor = (slot: string): string => {
    switch (slot) {
      case 'n':
        return nextSerial();
      case 'days':
        return String(random.whole(2, 45));
      case 'pct':
        return `${random.whole(0, 99)}.${random.whole(1, 9)}`;
      case 'ref':
        return `${random.pick(['C', 'H', 'L'])}.${random.whole(1, 9)}.${random.whole(1, 9)}(${random.pick(['a', 'b', 'c'])})`;
      default:
        return random.pick(slots[slot] ?? []);
    }
  };
  return (template) =>
    template.replace(/\{(\w+)(\^?)\}/g, (_, slot: string, capital: string) =>
      capital ? capitalised(valueFor(slot)) : valueFor(slot),
    );
};

export interface TextSource {
  title(): string;
  /** Blocks that belong together: a paragraph, a lead-in with its list, or a sentence with its table. */
  blocks(mix: readonly string[], nextNumber: () => string): ContentBlock[];
}

export const createTextSource = (random: SeededRandom): TextSource => {
  const fill = createFill(random);
  const sentence = (mix: readonly string[]): Sentence => {
    const kind = random.pick(mix);
    if (!isSentenceKind(kind)) throw new Error(`no such kind of sentence: ${kind}`);
    const binds = BINDS[kind];
    return { text: fill(random.pick(vocabulary.sentences[kind])), ...(binds ? { binds } : {}) };
  };
  const paragraph = (mix: readonly string[], nextNumber: () => string): ContentBlock[] => {
    const sentences = Array.from({ length: random.whole(2, 7) }, () => sentence(mix));
    return [{ kind: 'paragraph', ...(random.chance(0.4) ? { number: nextNumber() } : {}), sentences }];
  };
  const dutyItem = (templates: readonly string[]): Sentence[] =>
    templates.map((template) => ({ text: fill(template), binds: BINDS.contractorMandatory }));
  const children = (): ListItem[] =>
    random.chance(0.25)
      ? [1, 2].map((nth) => ({ marker: `(${nth})`, sentences: dutyItem(random.pick(vocabulary.items)), children: [] }))
      : [];
  const dutyList = (): ContentBlock[] => {
    const stem = fill(random.pick(vocabulary.stems));
    const markers = random
      .pick([
        ['(a)', '(b)', '(c)', '(d)', '(e)'],
        ['1.', '2.', '3.', '4.', '5.'],
      ])
      .slice(0, random.whole(3, 5));
    const items = markers.map((marker, index): ListItem => {
      const isLast = index === markers.length - 1;
      const template = random.pick(isLast ? vocabulary.lastItems : vocabulary.items);
      return { marker, sentences: dutyItem(template), children: marker === '(b)' ? children() : [] };
    });
    return [
      { kind: 'paragraph', sentences: [{ text: stem }] },
      { kind: 'list', stem, items },
    ];
  };
  const factList = (): ContentBlock[] => {
    const items = Array.from({ length: random.whole(3, 5) }, () => ({
      marker: '•',
      sentences: [{ text: fill(random.pick(vocabulary.factItems)) }],
      children: [],
    }));
    return [
      { kind: 'paragraph', sentences: [{ text: fill(random.pick(vocabulary.factStems)) }] },
      { kind: 'list', items },
    ];
  };
  const cells = (...texts: string[]): Sentence[] => texts.map((text) => ({ text: fill(text) }));
  const table = (binds: boolean): ContentBlock[] => {
    const rows = Array.from({ length: random.whole(3, 6) }, (_, row) =>
      cells(`${row + 1}`, '{product^} for Shelf {n}', '{days} working days', '{role}'),
    );
    const leadIn = { text: fill(vocabulary.tableLeadIns[binds ? 'contractor' : 'fact']) };
    return [
      { kind: 'paragraph', sentences: [binds ? { ...leadIn, binds: BINDS.contractorMandatory } : leadIn] },
      {
        kind: 'table',
        columnShares: [1, 5, 3, 4],
        header: cells('Item', 'Product', 'Due', 'Recipient'),
        rows,
      },
    ];
  };
  return {
    title: () => fill('{topic} {scope}'),
    blocks: (mix, nextNumber) => {
      const dutiful = mix.includes('contractorMandatory');
      const shape = random.whole(1, 100);
      if (shape <= 66) return paragraph(mix, nextNumber);
      if (shape <= 90) return dutiful && random.chance(0.75) ? dutyList() : factList();
      return table(dutiful);
    },
  };
};
