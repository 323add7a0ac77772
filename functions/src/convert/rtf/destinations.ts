/** Control words that begin a destination: what their group holds, and what is to be done when it ends. */

import type { RootContent } from 'mdast';
import { hyperlinkTarget } from '../docx/reading.ts';
import { showSymbol } from '../docx/symbols.ts';
import { formatNumber } from '../list-numbers.ts';
import { addText } from './add-text.ts';
import destinations from './destinations.json' with { type: 'json' };
import { endOutput } from './end-paragraph.ts';
import { PLAIN_CHARACTERS, PLAIN_PARAGRAPH } from './group-state.ts';
import type { RtfReading } from './reading.ts';
import { newOutput } from './reading.ts';

/** Done when the group ends, while its state still holds. */
export type GroupEnd = () => void;

const SKIPPED = new Set(destinations.skipped);
const TRANSPARENT = new Set(destinations.transparent);
const INFO = new Map(Object.entries(destinations.info));

type Begin = (reading: RtfReading) => GroupEnd | undefined;

/**
 * Undefined if the word begins no destination that is known. Destinations of which nothing is known are skipped if `isOptional`,
 * that is marked with \*, and are text otherwise.
 */
export const beginDestination = (
  reading: RtfReading,
  name: string,
  isOptional: boolean,
): { end: GroupEnd | undefined } | undefined => {
  const { state } = reading;
  const { kind } = state.destination;
  if (STYLE_NUMBERS.has(name)) return undefined;
  if (name === 'ud' && state.aroundUnicode) {
    state.destination = state.aroundUnicode;
    return { end: undefined };
  }
  const info = kind === 'info' ? INFO.get(name) : undefined;
  if (info !== undefined) return { end: beginInfo(reading, info) };
  const begin = Object.hasOwn(BEGINNINGS, name) ? BEGINNINGS[name] : undefined;
  if (begin && kind !== 'skipped') return { end: begin(reading) };
  if (TRANSPARENT.has(name)) return { end: undefined };
  if (!begin && !isOptional && !SKIPPED.has(name) && !PROPERTIES.test(name)) return undefined;
  state.destination = { kind: 'skipped' };
  return { end: undefined };
};

/** They stand behind \* in the style sheet although they begin nothing. */
const STYLE_NUMBERS = new Set(['cs', 'ts', 'ds']);
/** Of mathematics: \mfPr. */
const PROPERTIES = /^m\w+Pr$/;

const beginInfo = (reading: RtfReading, key: string): GroupEnd =>
  beginValue(reading, (text) => {
    const value = text.replace(/\s+/g, ' ').trim();
    if (value !== '') reading.metadata[key] = value;
  });

const beginValue = ({ state }: RtfReading, done: (text: string) => void): GroupEnd => {
  const pieces: string[] = [];
  state.destination = { kind: 'value', pieces };
  return () => done(pieces.join(''));
};

/** A body of its own, until its group ends. */
const beginOutput = (reading: RtfReading, done: (blocks: RootContent[]) => void): GroupEnd => {
  Object.assign(reading.state, PLAIN_CHARACTERS, PLAIN_PARAGRAPH, { field: undefined });
  reading.outputs.push(newOutput());
  return () => {
    const blocks = endOutput(reading);
    reading.outputs.pop();
    done(blocks);
  };
};

/** One style of the style sheet; its group ends with its name. */
export const beginStyle = (reading: RtfReading): GroupEnd => {
  const { state } = reading;
  Object.assign(state, PLAIN_CHARACTERS, PLAIN_PARAGRAPH);
  return beginValue(reading, (text) => {
    const name = text.split(/[,;]/)[0]?.trim().toLowerCase() ?? '';
    if (state.characterStyle === undefined) reading.styles.set(state.style, { name, outlineLevel: state.outlineLevel });
    else reading.characterStyles.set(state.characterStyle, name);
  });
};

/** One font of the font table. */
export const beginFont = (reading: RtfReading): GroupEnd => {
  const { state } = reading;
  return beginValue(reading, (text) => {
    const name = text.split(';')[0]?.trim() ?? '';
    if (state.font !== undefined) reading.fontNames.set(state.font, name);
  });
};

const become =
  (
    kind: 'info' | 'fonts' | 'stylesheet' | 'skipped' | 'picture',
    counted?: 'comments' | 'embeddedFiles' | 'externalResources',
  ): Begin =>
  (reading) => {
    if (counted) reading[counted] += 1;
    reading.state.destination = { kind };
    return undefined;
  };

const running =
  (position: 'head' | 'foot'): Begin =>
  (reading) =>
    beginOutput(reading, (blocks) => void reading.running.push({ blocks, position }));

const marker: Begin = (reading) => {
  const { output } = reading;
  return beginValue(reading, (text) => {
    output.marker = [...text].map((character) => showSymbol(character, false)).join('');
  });
};

const textBox: Begin = (reading) => {
  const around = reading.output;
  return beginOutput(reading, (blocks) => void around.boxes.push(blocks));
};

const fieldCode: Begin = (reading) => {
  const { field, destination } = reading.state;
  return beginValue(reading, (code) => {
    if (!field) return;
    field.url = hyperlinkTarget(code) ?? field.url;
    if (!/^\s*FORMCHECKBOX/i.test(code)) return;
    reading.state.destination = destination;
    addText(reading, field.isChecked ? '☒' : '☐');
  });
};

/** Whether it is an endnote is said inside it (\ftnalt). */
const note: Begin = (reading) => {
  reading.inEndnote = false;
  return beginOutput(reading, (children) => {
    const label = reading.inEndnote
      ? formatNumber(++reading.endnotes, 'lowerRoman')
      : formatNumber(++reading.footnotes, 'decimal');
    reading.output.runs.node({ type: 'footnoteReference', identifier: label, label });
    const definition: RootContent = { type: 'footnoteDefinition', identifier: label, label, children: children as [] };
    (reading.inEndnote ? reading.endnoteBlocks : reading.footnoteBlocks).push(definition);
  });
};

/** The alternative text of a picture or a shape is one of its properties, each a name and a value. */
const shapeValue: Begin = (reading) => {
  const { shapeProperty } = reading;
  return beginValue(reading, (text) => {
    const alt = text.replace(/\s+/g, ' ').trim();
    if (shapeProperty === 'wzDescription' && alt !== '') reading.output.runs.node({ type: 'image', url: '', alt });
  });
};

const BEGINNINGS: Readonly<Record<string, Begin>> = {
  info: become('info'),
  fonttbl: become('fonts'),
  stylesheet: become('stylesheet'),
  pict: become('picture'),
  annotation: become('skipped', 'comments'),
  objdata: become('skipped', 'embeddedFiles'),
  template: become('skipped', 'externalResources'),
  field: ({ state }) => {
    state.field = { url: state.field?.url, isChecked: false };
    return undefined;
  },
  fldinst: fieldCode,
  footnote: note,
  header: running('head'),
  headerl: running('head'),
  headerr: running('head'),
  headerf: running('head'),
  footer: running('foot'),
  footerl: running('foot'),
  footerr: running('foot'),
  footerf: running('foot'),
  listtext: marker,
  pntext: marker,
  shptxt: textBox,
  dptxbxtext: textBox,
  sn: (reading) =>
    beginValue(reading, (text) => {
      reading.shapeProperty = text.trim();
    }),
  sv: shapeValue,
  nesttableprops: ({ state }) => {
    state.inNestedRow = true;
    return undefined;
  },
  upr: ({ state }) => {
    state.aroundUnicode = state.destination;
    state.destination = { kind: 'skipped' };
    return undefined;
  },
};
