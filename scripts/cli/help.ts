/** Help written from the option table. */
import { COMMANDS, type CommandName, OPTIONS, type Option, optionsOf } from './options.ts';

const column = (left: string, right: string, width: number): string => `  ${left.padEnd(width)}  ${right}`;

const optionLines = (options: readonly Option[]): string[] => {
  const left = ({ name, short, value }: Option): string =>
    `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`;
  const width = Math.max(...options.map((option) => left(option).length));
  return options.map((option) => column(left(option), option.about, width));
};

const exampleLines = (examples: readonly { line: string; about: string }[]): string[] =>
  examples.flatMap(({ line, about }) => [`  ${line}`, `      ${about}`]);

const EXIT_CODES = [
  column('0', 'Done', 3),
  column('1', 'Failed; a result file is written whole or not at all', 3),
  column('2', 'The command line is wrong, or asks for what is not built yet', 3),
  column('3', 'Done in part: a file failed or has no text, pages need OCR, or a part was not analysed', 3),
  column('130', 'Stopped by Ctrl-C', 3),
];

const section = (title: string, lines: readonly string[]): string => `${title}\n${lines.join('\n')}\n`;

const overview = (): string => {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'mdraft: documents to clean Markdown; RFPs to a compliance matrix that proves nothing was left out.\n',
    section('Usage', ['  mdraft COMMAND FILE... [options]', '  npm run -s mdraft -- COMMAND FILE... [options]']),
    section(
      'Commands',
      COMMANDS.map(({ name, about }) => column(name, about, width)),
    ),
    section('Options for every command', optionLines(OPTIONS.filter(({ commands }) => !commands))),
    section('Examples', exampleLines(COMMANDS.flatMap(({ examples }) => examples.slice(0, 2)))),
    section('Exit codes', EXIT_CODES),
    'Everything runs on this machine: no account, no network. "mdraft COMMAND --help" tells more.\n',
  ].join('\n');
};

export const helpText = (topic?: CommandName): string => {
  const command = COMMANDS.find(({ name }) => name === topic);
  if (!command) return overview();
  return [
    `${command.about}.\n`,
    section(
      'Usage',
      command.usage.map((line) => `  ${line}`),
    ),
    section('Options', optionLines(optionsOf(command.name))),
    section('Examples', exampleLines(command.examples)),
    section('Exit codes', EXIT_CODES),
  ].join('\n');
};
