/** Every command and option of mdraft, once: the parser reads this table and the help is written from it. */

export type CommandName = 'convert' | 'analyze';

interface Command {
  name: CommandName;
  about: string;
  usage: readonly string[];
  examples: readonly { line: string; about: string }[];
}

export interface Option {
  /** Without the dashes. */
  name: string;
  short?: string;
  /** What stands for the value in help; an option without one is a switch. */
  value?: string;
  about: string;
  /** Unset: with every command. */
  commands?: readonly CommandName[];
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'convert',
    about: 'Turn documents into clean Markdown',
    usage: [
      'mdraft convert FILE [-o OUT.md [--blocks]]',
      'mdraft convert FILE... --out-dir DIR [--blocks]',
      'mdraft convert --manifest LIST.json --out-dir DIR [--blocks]',
    ],
    examples: [
      { line: 'mdraft convert rfp.pdf', about: 'Markdown on standard output' },
      { line: 'mdraft convert rfp.pdf -o rfp.md', about: 'Markdown in a file' },
      { line: 'mdraft convert *.pdf *.docx --out-dir markdown', about: 'One file for each document' },
      { line: 'mdraft convert rfp.pdf --out-dir markdown --blocks', about: 'Beside it, where each block stands' },
      {
        line: 'mdraft convert package.zip mail.eml --out-dir markdown',
        about: 'Also one for each file in an archive, and for each attachment',
      },
    ],
  },
  {
    name: 'analyze',
    about: 'Build the compliance matrix of an RFP package',
    usage: ['mdraft analyze FILE... --out-dir DIR [--kinds LIST] [--format LIST]'],
    examples: [
      { line: 'mdraft analyze rfp.pdf --out-dir out', about: 'Matrix as JSON, XLSX, CSV and Markdown' },
      { line: 'mdraft analyze base.pdf amendment-1.pdf --out-dir out', about: 'Several files are one package' },
      { line: 'mdraft analyze package.zip --out-dir out', about: 'So are the files in an archive' },
      { line: 'mdraft analyze rfp.pdf --out-dir out --format xlsx', about: 'The workbook (and analysis.json) only' },
    ],
  },
];

export const OPTIONS: readonly Option[] = [
  { name: 'out', short: 'o', value: 'FILE', about: 'Write the Markdown of one document here', commands: ['convert'] },
  { name: 'out-dir', value: 'DIR', about: 'Folder for the results; made if it is missing' },
  {
    name: 'manifest',
    value: 'FILE',
    about: 'Documents as JSON, [{"id", "path"}]; writes DIR/<id>.md and DIR/_log.jsonl',
    commands: ['convert'],
  },
  {
    name: 'blocks',
    about: 'Also write NAME.blocks.json beside each NAME.md: where every block stands',
    commands: ['convert'],
  },
  { name: 'kinds', value: 'LIST', about: 'What to find: compliance-matrix', commands: ['analyze'] },
  {
    name: 'format',
    value: 'LIST',
    about: 'json, xlsx, csv, md (default: all four); json is always written',
    commands: ['analyze'],
  },
  {
    name: 'provider',
    value: 'NAME',
    about: 'Language model: none (default: rules only, offline)',
    commands: ['analyze'],
  },
  { name: 'json', about: 'Results and errors as JSON on standard output' },
  { name: 'quiet', short: 'q', about: 'No progress and no summary; errors are still shown' },
  { name: 'help', short: 'h', about: 'Show this help, or that of a command' },
  { name: 'version', short: 'V', about: 'Show the version' },
];

export const commandNames: readonly string[] = COMMANDS.map(({ name }) => name);

export const optionsOf = (command: CommandName): Option[] =>
  OPTIONS.filter(({ commands }) => !commands || commands.includes(command));
