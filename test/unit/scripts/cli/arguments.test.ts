import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../functions/src/errors.ts';
import { parseCommandLine } from '../../../../scripts/cli/arguments.ts';

const refusal = (...argv: string[]): AppError => {
  try {
    parseCommandLine(argv);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('the command line was accepted');
};

describe('what is asked for', () => {
  test('One file without a target goes to standard output', () => {
    expect(parseCommandLine(['convert', 'a.pdf'])).toEqual({
      command: 'convert',
      to: 'stdout',
      file: 'a.pdf',
      json: false,
      quiet: false,
    });
  });

  test('Options may stand before, between and after the files, with a space or "="', () => {
    const expected = {
      command: 'convert',
      to: 'folder',
      files: ['a.pdf', 'b.pdf'],
      outDir: 'x',
      blocks: false,
      json: true,
      quiet: true,
    };
    expect(parseCommandLine(['--json', 'convert', 'a.pdf', '--out-dir', 'x', '-q', 'b.pdf'])).toEqual(expected);
    expect(parseCommandLine(['convert', 'a.pdf', 'b.pdf', '--out-dir=x', '--json', '--quiet'])).toEqual(expected);
  });

  test('After "--" everything is a file', () => {
    expect(parseCommandLine(['convert', '--', '--odd.pdf'])).toMatchObject({ file: '--odd.pdf' });
  });

  test('An analysis writes all formats unless told which, and JSON always', () => {
    expect(parseCommandLine(['analyze', 'a.pdf', '--out-dir', 'x'])).toMatchObject({
      kinds: ['compliance-matrix'],
      formats: ['json', 'xlsx', 'csv', 'md'],
    });
    expect(parseCommandLine(['analyze', 'a.pdf', '--out-dir', 'x', '--format', 'MD, csv'])).toMatchObject({
      formats: ['json', 'csv', 'md'],
    });
  });

  test('Help and version win over everything else on the line', () => {
    expect(parseCommandLine([])).toEqual({ command: 'help' });
    expect(parseCommandLine(['--help'])).toEqual({ command: 'help' });
    expect(parseCommandLine(['convert', '--help'])).toEqual({ command: 'help', topic: 'convert' });
    expect(parseCommandLine(['help', 'analyze'])).toEqual({ command: 'help', topic: 'analyze' });
    expect(parseCommandLine(['convert', '--version'])).toEqual({ command: 'version' });
  });
});

describe('what is refused', () => {
  test.each([
    [['convert'], 'Which file?'],
    [['convert', 'a.pdf', 'b.pdf'], '2 files need --out-dir'],
    [['convert', 'a.pdf', '-o', 'x', '--out-dir', 'y'], 'not both'],
    [['convert', 'a.pdf', '--manifest', 'm.json', '--out-dir', 'y'], 'not both'],
    [['convert', '--manifest', 'm.json'], 'needs --out-dir'],
    [['convert', 'a.pdf', '-o', 'x', '-o', 'y'], 'given 2 times'],
    [['convert', 'a.pdf', '--out-dir'], '--out-dir needs a value'],
    [['convert', 'a.pdf', '--out-dir', '--json'], '--out-dir needs a value'],
    [['convert', 'a.pdf', '--json=yes'], '--json takes no value'],
    [['convert', 'a.pdf', '--kinds', 'compliance-matrix'], '--kinds belongs to mdraft analyze'],
    [['analyze', 'a.pdf'], 'needs --out-dir'],
    [['analyze', '--out-dir', 'x'], 'Which files?'],
    [['analyze', 'a.pdf', '--out-dir', 'x', '--format', ','], '--format needs a name'],
    [['--json'], 'Which command?'],
  ])('%j says what is missing', (argv, problem) => {
    const error = refusal(...argv);
    expect(error.reason).toBe('USAGE');
    expect(error.publicMessage).toContain(problem);
  });

  test.each([
    [['convrt', 'a.pdf'], 'Did you mean convert?'],
    [['convert', 'a.pdf', '--outdir', 'x'], 'Did you mean --out-dir?'],
    [['convert', 'a.pdf', '--queit'], 'Did you mean --quiet?'],
    [['analyze', 'a.pdf', '--out-dir', 'x', '--format', 'xslx'], 'Did you mean xlsx?'],
    [['analyze', 'a.pdf', '--out-dir', 'x', '--kinds', 'matrix'], 'It takes: compliance-matrix.'],
    [['a.pdf'], 'For example: mdraft convert a.pdf'],
  ])('%j is told what was meant', (argv, hint) => {
    const error = refusal(...argv);
    expect(error.reason).toBe('USAGE');
    expect(error.publicMessage).toContain(hint);
  });

  test.each([
    ['--provider', 'vertex'],
    ['--provider', 'openai-compatible'],
    ['--format', 'docx'],
    ['--format', 'json,ics'],
    ['--kinds', 'evaluation-criteria'],
    ['--format', 'doc'],
    ['--provider', 'openai'],
    ['--provider', 'opnai-compatible'],
  ])('%s %s is not built yet, and the answer says what is', (option, value) => {
    const error = refusal('analyze', 'a.pdf', '--out-dir', 'x', option, value);
    expect(error.reason).toBe('OPTION_UNAVAILABLE');
    expect(error.publicMessage).toMatch(/is not available yet\. Today: [a-z]/);
    expect(error.publicMessage).not.toContain('Did you mean');
  });

  test('The answer names what exists in full when only its beginning was typed', () => {
    const error = refusal('analyze', 'a.pdf', '--out-dir', 'x', '--provider', 'openai');
    expect(error.publicMessage).toBe('--provider openai-compatible is not available yet. Today: none.');
  });

  test.each([
    [['convert', '--fo', 'x', 'a.pdf'], '--format'],
    [['convert', 'a.pdf', '--kind'], '--kinds'],
    [['analyze', 'a.pdf', '--mani', 'x'], '--manifest'],
    [['analyse', 'a.pdf', '--mani', 'x'], '--manifest'],
  ])('%j is not led to an option that the command refuses', (argv, option) => {
    const { reason, publicMessage } = refusal(...argv);
    expect(reason).toBe('USAGE');
    expect(publicMessage).not.toContain(`${option}?`);
  });

  test('Before the command is known every option may have been meant', () => {
    expect(refusal('--forma', 'csv').publicMessage).toContain('Did you mean --format?');
  });
});
