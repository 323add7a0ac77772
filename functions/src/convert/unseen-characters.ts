/** Characters that carry or reorder text without being seen: they are taken out of it, and what they said is told. */
import type { Nodes, Root } from 'mdast';
import type { SafetyFinding, UnseenReason } from '../contracts/document.ts';
import { hiddenText } from './hidden-text.ts';

interface Kind {
  reason: UnseenReason;
  pattern: RegExp;
  /** What the characters say, for the report. */
  reveal?: (found: string) => string;
}

const TAG_BASE = 0xe0000;
const asAscii = (tags: string): string =>
  [...tags]
    .map((tag) => String.fromCodePoint((tag.codePointAt(0) ?? TAG_BASE) - TAG_BASE))
    .join('')
    .replace(/[^ -~]/g, '');

/**
 * Tags after a black flag are the flags of England, Scotland and Wales (UTS #51, annex C) and stay; a single variation selector
 * chooses a glyph and stays.
 */
const KINDS: readonly Kind[] = [
  {
    reason: 'unicode_tags',
    pattern: /(?<!\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{0,6})[\u{e0000}-\u{e007f}]+/gu,
    reveal: asAscii,
  },
  { reason: 'variation_selectors', pattern: /\p{Variation_Selector}{2,}/gu },
  { reason: 'bidi_controls', pattern: /[\u202a-\u202e\u2066-\u2069]/gu },
];
/** A quick look: hardly any text has one of them. */
const ANY = /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]|\p{Variation_Selector}{2}/u;

/** Collects what was found, by reason and page. */
export interface UnseenLog {
  add(reason: UnseenReason, pageNumber: number | undefined, characters: number, excerpt: string): void;
  findings(): SafetyFinding[];
}

const NOTHING_SHOWN = new Set<UnseenReason>(['variation_selectors', 'bidi_controls']);

export const createUnseenLog = (): UnseenLog => {
  const found = new Map<
    string,
    { reason: UnseenReason; pageNumber: number | undefined; characters: number; excerpt: string }
  >();
  return {
    add: (reason, pageNumber, characters, excerpt) => {
      const key = `${reason} ${pageNumber ?? ''}`;
      const known = found.get(key) ?? { reason, pageNumber, characters: 0, excerpt: '' };
      known.characters += characters;
      if (known.excerpt.length <= 500) known.excerpt += excerpt;
      found.set(key, known);
    },
    findings: () =>
      [...found.values()].map(({ reason, pageNumber, characters, excerpt }) =>
        hiddenText({ reason, pageNumber, characters, excerpt: NOTHING_SHOWN.has(reason) ? '' : excerpt }),
      ),
  };
};

/** `text` without them; what was taken out goes to `log`. */
export const withoutUnseen = (text: string, log: UnseenLog, pageNumber?: number): string => {
  if (!ANY.test(text)) return text;
  let seen = text;
  for (const { reason, pattern, reveal } of KINDS) {
    seen = seen.replace(pattern, (found) => {
      log.add(reason, pageNumber, [...found].length, reveal?.(found) ?? '');
      return '';
    });
  }
  return seen;
};

/** Cleans the texts of a tree in place, and answers what was in it. */
export const removeUnseen = (root: Root): SafetyFinding[] => {
  const log = createUnseenLog();
  const waiting: { node: Nodes; page: number | undefined }[] = [{ node: root, page: undefined }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node } = next;
    const page = node.data?.provenance?.pageNumber ?? next.page;
    if ('value' in node) node.value = withoutUnseen(node.value, log, page);
    if ('alt' in node && node.alt) node.alt = withoutUnseen(node.alt, log, page);
    if (!('children' in node)) continue;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) waiting.push({ node: child, page });
    }
  }
  return log.findings();
};
