/** Options that take names from a list: what works today, what is planned, and what was mistyped. */
import type { AnalysisKind } from '../../functions/src/contracts/analysis.ts';
import { AppError } from '../../functions/src/errors.ts';
import type { ExportFormat } from '../../functions/src/export/index.ts';
import { didYouMean, nearest } from './did-you-mean.ts';
import { usageError } from './usage-error.ts';

interface Choices<Name extends string> {
  option: string;
  built: readonly Name[];
  /** Names that will work one day; asking for one is told apart from a typing error. */
  planned: readonly string[];
}

const KINDS: Choices<AnalysisKind> = {
  option: '--kinds',
  built: ['compliance-matrix'],
  planned: ['evaluation-criteria', 'annotated-outline', 'submission-checklist'],
};

const FORMATS: Choices<ExportFormat> = {
  option: '--format',
  built: ['json', 'xlsx', 'csv', 'md'],
  planned: ['docx', 'ics'],
};

const PROVIDERS: Choices<'none'> = { option: '--provider', built: ['none'], planned: ['vertex', 'openai-compatible'] };

const choose = <Name extends string>({ option, built, planned }: Choices<Name>, word: string): Name => {
  const found = built.find((name) => name === word);
  if (found) return found;
  const meant = nearest(word, [...built, ...planned]);
  if (meant !== undefined && planned.includes(meant)) {
    throw new AppError('OPTION_UNAVAILABLE', { option: `${option} ${meant}`, instead: `Today: ${built.join(', ')}.` });
  }
  throw usageError(`${option} does not know "${word}".${didYouMean(word, built)} It takes: ${built.join(', ')}.`);
};

/** "json, xlsx" or several uses of the option; each name once, in the order of the table. */
const chooseSeveral = <Name extends string>(choices: Choices<Name>, values: readonly string[]): Name[] => {
  if (values.length === 0) return [...choices.built];
  const words = values
    .flatMap((value) => value.split(','))
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean);
  if (words.length === 0) throw usageError(`${choices.option} needs a name: ${choices.built.join(', ')}.`);
  const chosen = new Set(words.map((word) => choose(choices, word)));
  return choices.built.filter((name) => chosen.has(name));
};

export const chooseKinds = (values: readonly string[]): AnalysisKind[] => chooseSeveral(KINDS, values);

/** analysis.json is always written. */
export const chooseFormats = (values: readonly string[]): ExportFormat[] => {
  const chosen = new Set(chooseSeveral(FORMATS, values)).add('json');
  return FORMATS.built.filter((format) => chosen.has(format));
};

export const checkProvider = (value: string | undefined): void => {
  if (value !== undefined) choose(PROVIDERS, value);
};
