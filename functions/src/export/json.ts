/** analysis.json: complete, and laid out so that a diff of two runs shows the rows that changed. */
import type { Analysis } from '../contracts/analysis.ts';

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : 1);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members that are set, keys in code unit order. */
const members = (value: Record<string, unknown>): [string, unknown][] =>
  Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(byCodeUnit)
    .map((key) => [JSON.stringify(key), value[key]]);

const compact = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(compact).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${members(value)
    .map(([key, member]) => `${key}:${compact(member)}`)
    .join(',')}}`;
};

/** Objects outside lists take a line per key; a list of objects takes a line per element; all else stays on one line. */
const layOut = (value: unknown, indent: string): string => {
  const inner = `${indent}  `;
  if (isObject(value)) {
    const lines = members(value).map(([key, member]) => `${inner}${key}: ${layOut(member, inner)}`);
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
  }
  if (Array.isArray(value) && value.some(isObject)) {
    return `[\n${value.map((element) => inner + compact(element)).join(',\n')}\n${indent}]`;
  }
  return compact(value);
};

/** The same analysis gives the same bytes, whatever order its keys were set in. Ends in a newline. */
export const toJson = (analysis: Analysis): string => `${layOut(analysis, '')}\n`;
