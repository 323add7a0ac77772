import { expect, test } from '@jest/globals';
import { helpText } from '../../../../scripts/cli/help.ts';
import { COMMANDS, OPTIONS, optionsOf } from '../../../../scripts/cli/options.ts';

test('The help of a command names each of its options and none of another', () => {
  for (const { name } of COMMANDS) {
    const own = new Set(optionsOf(name).map((option) => option.name));
    for (const option of OPTIONS) expect(helpText(name).includes(`--${option.name} `)).toBe(own.has(option.name));
  }
});

test('The overview names the commands and every exit code', () => {
  const text = helpText();
  for (const { name } of COMMANDS) expect(text).toContain(`\n  ${name} `);
  for (const code of ['0', '1', '2', '3', '130']) expect(text).toMatch(new RegExp(`\\n  ${code} +[A-Z]`));
});

test('Help fits a terminal of 100 columns', () => {
  for (const text of [helpText(), helpText('convert'), helpText('analyze')]) {
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  }
});
