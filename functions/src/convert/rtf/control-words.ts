/** Control words that change a state or end something; those that begin a destination are in destinations.ts. */
import { addText } from './add-text.ts';
import characters from './characters.json' with { type: 'json' };
import { encodingOf, encodingOfCharset, SYMBOL_CHARSET } from './charsets.ts';
import { endCell, endParagraph, endRow } from './end-paragraph.ts';
import { newRow, PLAIN_CHARACTERS, PLAIN_PARAGRAPH } from './group-state.ts';
import type { RtfReading } from './reading.ts';

type Handler = (reading: RtfReading, parameter: number | undefined) => void;

const CHARACTERS = new Map(Object.entries(characters));
const MAX_LIST_LEVEL = 8;
/** A row has at most 63 cells in Word; more are no row. */
const MAX_CELLS = 512;

const isOn = (parameter: number | undefined): boolean => parameter !== 0;

/** In the style sheet: a style of tables or sections, which must not take the place of the paragraph style without a number. */
const leaveStyleOut: Handler = ({ state }) => {
  if (state.destination.kind === 'value') state.style = -1;
};

/** They hold wherever they stand, also in fonts and styles. */
const STATES: Readonly<Record<string, Handler>> = {
  ansi: (reading) => setEncoding(reading, 1252),
  mac: (reading) => setEncoding(reading, 10_000),
  pc: (reading) => setEncoding(reading, 437),
  ansicpg: (reading, codepage = 1252) => setEncoding(reading, codepage),
  deff: (reading, font) => {
    reading.defaultFont = font;
  },
  f: ({ state }, font) => {
    state.font = font;
  },
  fcharset: ({ state, fonts }, charset = 0) => {
    const encoding = charset === SYMBOL_CHARSET ? 'symbol' : encodingOfCharset(charset);
    if (encoding !== undefined && state.font !== undefined) fonts.set(state.font, encoding);
  },
  cpg: ({ state, fonts }, codepage = 0) => {
    const encoding = encodingOf(codepage);
    if (encoding !== undefined && state.font !== undefined) fonts.set(state.font, encoding);
  },
  uc: ({ state }, count = 1) => {
    state.unicodeSkip = Math.max(0, count);
  },
  s: ({ state }, style = 0) => {
    state.style = style;
  },
  cs: ({ state }, style) => {
    state.characterStyle = style;
  },
  ts: leaveStyleOut,
  ds: leaveStyleOut,
  ftnalt: (reading) => {
    reading.inEndnote = true;
  },
  outlinelevel: ({ state }, level) => {
    state.outlineLevel = level;
  },
  plain: ({ state }) => void Object.assign(state, PLAIN_CHARACTERS),
  pard: ({ state }) => void Object.assign(state, PLAIN_PARAGRAPH),
  b: ({ state }, on) => {
    state.bold = isOn(on);
  },
  i: ({ state }, on) => {
    state.italic = isOn(on);
  },
  strike: ({ state }, on) => {
    state.strike = isOn(on);
  },
  striked: ({ state }, on) => {
    state.strike = isOn(on);
  },
  v: ({ state }, on) => {
    state.hidden = isOn(on);
  },
  revised: ({ state }, on) => {
    state.inserted = isOn(on);
  },
  deleted: ({ state }, on) => {
    state.deleted = isOn(on);
  },
  intbl: ({ state }) => {
    state.inTable = true;
  },
  itap: ({ state }, depth = 1) => {
    state.inTable = depth > 0;
    state.tableDepth = depth;
  },
  ls: ({ state }, list) => {
    state.listId = list;
  },
  ilvl: ({ state }, level = 0) => {
    state.listLevel = Math.min(MAX_LIST_LEVEL, Math.max(0, level));
  },
  li: ({ state }, indent) => {
    state.indentLeft = indent;
  },
  fi: ({ state }, indent) => {
    state.firstLine = indent;
  },
  fftype: ({ state }) => {
    if (state.field) state.field.isChecked = false;
  },
  ffres: ({ state }, result) => {
    if (state.field && result !== 25) state.field.isChecked = result === 1;
  },
  ffdefres: ({ state }, result) => {
    if (state.field) state.field.isChecked ||= result === 1;
  },
};

/** They hold in text only. */
const ACTIONS: Readonly<Record<string, Handler>> = {
  par: (reading) => endParagraph(reading),
  sect: (reading) => endParagraph(reading),
  line: (reading) => reading.output.runs.node({ type: 'break' }),
  softline: (reading) => addText(reading, ' '),
  cell: (reading) => endCell(reading, 1),
  row: (reading) => endRow(reading, 1),
  nestcell: (reading) => endCell(reading, nestedDepth(reading)),
  nestrow: (reading) => endRow(reading, nestedDepth(reading)),
  trowd: (reading) => {
    if (reading.state.inNestedRow) reading.nestedRow = newRow();
    else reading.row = newRow();
  },
  trleft: (reading, left = 0) => {
    reading.currentRow.left = left;
  },
  trhdr: (reading) => {
    reading.currentRow.isHeader = true;
  },
  tbllkhdrrows: (reading) => {
    reading.currentRow.isHeader = true;
  },
  clmrg: (reading) => {
    reading.currentRow.joinsLeft = true;
  },
  clvmrg: (reading) => {
    reading.currentRow.joinsAbove = true;
  },
  cellx: (reading, right = 0) => {
    const row = reading.currentRow;
    if (row.cells.length < MAX_CELLS) row.cells.push({ right, joinsLeft: row.joinsLeft, joinsAbove: row.joinsAbove });
    row.joinsLeft = false;
    row.joinsAbove = false;
  },
};

const nestedDepth = ({ state }: RtfReading): number => Math.max(2, state.tableDepth);

const setEncoding = (reading: RtfReading, codepage: number): void => {
  reading.encoding = encodingOf(codepage) ?? reading.encoding;
};

export const applyWord = (reading: RtfReading, name: string, parameter: number | undefined): void => {
  const state = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
  if (state) {
    state(reading, parameter);
    return;
  }
  const { kind } = reading.state.destination;
  // A look that is named without a header row says that there is none.
  if (name.startsWith('tbllk')) reading.currentRow.isHeader ??= false;
  const character = CHARACTERS.get(name);
  if (character !== undefined) addText(reading, character);
  else if (kind === 'text' && Object.hasOwn(ACTIONS, name)) ACTIONS[name]?.(reading, parameter);
};

export const isCharacter = (name: string): boolean => CHARACTERS.has(name);
