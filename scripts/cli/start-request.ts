/** The words after `npm start`. */
import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { usageError } from './usage-error.ts';

export const START_HELP = `npm start brings up mdraft on this machine and sends a sample solicitation through it, or your own files:

  npm start
  npm start -- path/to/rfp.pdf [more files of the same package]

It prints the first rows of the compliance matrix, saves all of it in out/, and stays up until Ctrl-C.
What was uploaded is kept in .mdraft/ and is there at the next start.

  --once      End after the result
  --embedded  Everything in one process, without the services around it; so it is too where Java is missing

For more, see: npm run -s mdraft -- --help
`;

const OPTIONS = ['--help', '-h', '--once', '--embedded', '--'] as const;

export interface StartRequest {
  help: boolean;
  /** End after the result. */
  once: boolean;
  /** One process, no services. */
  embedded: boolean;
  /** As typed. None: the sample. */
  files: string[];
}

/** @throws AppError USAGE. */
export const readStartRequest = (argv: readonly string[]): StartRequest => {
  const has = (...names: string[]): boolean => names.some((name) => argv.includes(name));
  const unknown = argv.find((word) => word.startsWith('-') && !(OPTIONS as readonly string[]).includes(word));
  if (unknown) {
    throw usageError(
      `npm start takes files, --once and --embedded, not ${unknown}. For options, see: npm run -s mdraft -- --help`,
    );
  }
  return {
    help: has('--help', '-h'),
    once: has('--once'),
    embedded: has('--embedded'),
    files: argv.filter((word) => !word.startsWith('-')),
  };
};

/** One document gives its name to the results; several are a package, whatever the order in which they were typed. */
const packageName = ([first, ...more]: readonly string[]): string =>
  first === undefined || more.length > 0 ? 'package' : parse(first).name;

/** Where results go, below the working folder. `readFiles`: those that could be read, as typed. */
export const resultFolder = ({ files }: StartRequest, readFiles: readonly string[]): string =>
  join('out', files.length === 0 ? 'sample' : packageName(readFiles));

/** The files to send: those that were typed, or the PDFs of the sample in the order of their names. */
export const filesOf = async ({ files }: StartRequest, sampleFolder: string): Promise<string[]> => {
  if (files.length > 0) return files;
  const names = await readdir(sampleFolder);
  return names
    .filter((name) => name.toLowerCase().endsWith('.pdf'))
    .sort()
    .map((name) => join(sampleFolder, name));
};
