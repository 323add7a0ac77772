/** The command line as a checked request. */
import { parseArgs } from 'node:util';
import type { AnalysisKind } from '../../functions/src/contracts/analysis.ts';
import type { ExportFormat } from '../../functions/src/export/index.ts';
import { checkProvider, chooseFormats, chooseKinds } from './choices.ts';
import { didYouMean } from './did-you-mean.ts';
import { COMMANDS, type CommandName, commandNames, OPTIONS, optionsOf } from './options.ts';
import { usageError } from './usage-error.ts';

interface Output {
  json: boolean;
  quiet: boolean;
}

export type ConvertRequest = Output &
  (
    | { command: 'convert'; to: 'stdout'; file: string }
    | { command: 'convert'; to: 'file'; file: string; out: string; blocks: boolean }
    | { command: 'convert'; to: 'folder'; files: string[]; outDir: string; blocks: boolean }
    | { command: 'convert'; to: 'manifest'; manifest: string; outDir: string; blocks: boolean }
  );

export interface AnalyzeRequest extends Output {
  command: 'analyze';
  files: string[];
  outDir: string;
  kinds: AnalysisKind[];
  formats: ExportFormat[];
}

export type CliRequest =
  | ConvertRequest
  | AnalyzeRequest
  | { command: 'help'; topic?: CommandName }
  | { command: 'version' };

interface Words {
  positionals: string[];
  /** Every use of an option, in order; a switch has the value "". */
  values: Map<string, string[]>;
}

/** Of the command that the line seems to name: no other option of mdraft would be taken. */
const optionNamesFor = (firstWord: string | undefined): string[] => {
  const command = COMMANDS.find(({ name }) => name === firstWord || (firstWord === 'analyse' && name === 'analyze'));
  return (command ? optionsOf(command.name) : OPTIONS).map(({ name }) => `--${name}`);
};

const readWords = (argv: readonly string[]): Words => {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      OPTIONS.map(({ name, short, value }) => [name, { type: value ? 'string' : 'boolean', ...(short && { short }) }]),
    ),
    strict: false,
    tokens: true,
  });
  const firstWord = tokens.find(({ kind }) => kind === 'positional');
  const known = optionNamesFor(firstWord?.kind === 'positional' ? firstWord.value : undefined);
  const words: Words = { positionals: [], values: new Map() };
  for (const token of tokens) {
    if (token.kind === 'positional') words.positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = OPTIONS.find(({ name }) => name === token.name);
    if (!option)
      throw usageError(`There is no option ${token.rawName}.${didYouMean(token.rawName, known)} See mdraft --help.`);
    if (!option.value && token.value !== undefined) throw usageError(`${token.rawName} takes no value.`);
    if (
      option.value &&
      (!token.value || (!token.inlineValue && token.value.startsWith('-') && token.value.length > 1))
    ) {
      throw usageError(`${token.rawName} needs a value: ${token.rawName} ${option.value}.`);
    }
    words.values.set(option.name, [...(words.values.get(option.name) ?? []), token.value ?? '']);
  }
  return words;
};

/** The value of an option that may be given once. */
const single = ({ values }: Words, name: string): string | undefined => {
  const given = values.get(name) ?? [];
  if (given.length > 1) throw usageError(`--${name} was given ${given.length} times; give it once.`);
  return given[0];
};

const checkBelongs = (command: CommandName, { values }: Words): void => {
  const allowed = new Set(optionsOf(command).map(({ name }) => name));
  for (const name of values.keys()) {
    const option = OPTIONS.find((candidate) => candidate.name === name);
    if (!allowed.has(name))
      throw usageError(`--${name} belongs to mdraft ${option?.commands?.join(', ')}, not to ${command}.`);
  }
};

const convertRequest = (files: string[], words: Words, output: Output): ConvertRequest => {
  const out = single(words, 'out');
  const outDir = single(words, 'out-dir');
  const manifest = single(words, 'manifest');
  const blocks = words.values.has('blocks');
  if (manifest !== undefined) {
    if (files.length > 0) throw usageError('Give files or --manifest, not both.');
    if (out !== undefined) throw usageError('--manifest writes into a folder: use --out-dir instead of -o.');
    if (outDir === undefined) throw usageError('--manifest needs --out-dir DIR to write to.');
    return { command: 'convert', to: 'manifest', manifest, outDir, blocks, ...output };
  }
  if (out !== undefined && outDir !== undefined) throw usageError('Give -o FILE or --out-dir DIR, not both.');
  const [file] = files;
  if (file === undefined) throw usageError('Which file? For example: mdraft convert rfp.pdf');
  if (outDir !== undefined) return { command: 'convert', to: 'folder', files, outDir, blocks, ...output };
  if (files.length > 1) throw usageError(`${files.length} files need --out-dir DIR to write to.`);
  if (out !== undefined) return { command: 'convert', to: 'file', file, out, blocks, ...output };
  if (blocks) throw usageError('--blocks writes a file beside the Markdown: use it with -o FILE or --out-dir DIR.');
  return { command: 'convert', to: 'stdout', file, ...output };
};

const analyzeRequest = (files: string[], words: Words, output: Output): AnalyzeRequest => {
  checkProvider(single(words, 'provider'));
  const kinds = chooseKinds(words.values.get('kinds') ?? []);
  const formats = chooseFormats(words.values.get('format') ?? []);
  if (files.length === 0) throw usageError('Which files? For example: mdraft analyze rfp.pdf --out-dir out');
  const outDir = single(words, 'out-dir');
  if (outDir === undefined) throw usageError('analyze needs --out-dir DIR to write to.');
  return { command: 'analyze', files, outDir, kinds, formats, ...output };
};

const commandOf = (word: string): CommandName => {
  if (word === 'convert' || word === 'analyze') return word;
  if (word === 'analyse') return 'analyze';
  if (/[./\\]/.test(word)) throw usageError(`What is to be done with ${word}? For example: mdraft convert ${word}`);
  throw usageError(`There is no command "${word}".${didYouMean(word, commandNames)} See mdraft --help.`);
};

/** @throws AppError USAGE or OPTION_UNAVAILABLE, with what to write instead. */
export const parseCommandLine = (argv: readonly string[]): CliRequest => {
  const words = readWords(argv);
  const [first, ...files] = words.positionals;
  if (words.values.has('version')) return { command: 'version' };
  if (first === 'help' || first === undefined) {
    if (first === undefined && !words.values.has('help') && argv.length > 0) {
      throw usageError(`Which command? ${commandNames.join(' or ')}. See mdraft --help.`);
    }
    return { command: 'help', ...(files[0] !== undefined && { topic: commandOf(files[0]) }) };
  }
  const command = commandOf(first);
  if (words.values.has('help')) return { command: 'help', topic: command };
  checkBelongs(command, words);
  const output = { json: words.values.has('json'), quiet: words.values.has('quiet') };
  return command === 'convert' ? convertRequest(files, words, output) : analyzeRequest(files, words, output);
};
