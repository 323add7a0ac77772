/** Of files on their way: the place where they are dropped, the list of what is under way, and what can go wrong. */
import { words } from './words.ts';

const percent = (share: number): string => `${Math.floor(100 * share)} %`;

const phases = {
  read: 'Being read',
  recognise: 'Recognising the text of scanned pages',
  assemble: 'Being put together',
} as const;

const runStates = {
  queued: 'In the queue',
  planning: 'Being planned',
  analyzing: 'Being analysed',
  merging: 'Rows are being put together',
} as const;

export const uploads = {
  dropZone: {
    title: 'Drop your solicitation here',
    titleSlim: 'Drop files here',
    release: 'Let go: it begins at once',
    choose: 'or choose files',
    several: 'Base document, attachments and amendments together are read as one package.',
    formats:
      'PDF, Word, Excel, PowerPoint, OpenDocument, RTF, EPUB, HTML, text, Markdown, CSV, e-mail, ZIP; scanned PDF, PNG, JPEG, TIFF',
    noFolders: 'Folders are not taken. Open the folder, select the files in it, and drop those.',
  },
  list: {
    heading: 'Under way',
    package: (files: number) => words.plural(files, 'file', 'files'),
    sample: 'Sample solicitation',
    filesIn: (fileName: string) => `Files in ${fileName}`,
    /** Until its name is known again, after a reload. */
    unnamed: 'A file of this package',
    openMatrix: 'Open the matrix',
    openRun: 'See the analysis',
    openDocument: 'Open document',
    retry: 'Try again',
    retryNamed: (fileName: string) => `Try again: ${fileName}`,
    remove: 'Remove',
    removeNamed: (fileName: string) => `Remove ${fileName}`,
    cancel: 'Cancel',
    cancelNamed: (fileName: string) => `Cancel ${fileName}`,
    readAgain: 'Read it again anyway',
    dismiss: (title: string) => `Take ${title} from this list`,
    reference: (reason: string) => `Reference: ${reason}`,
  },
  states: {
    working: 'Working',
    attention: 'Waits for you',
    done: 'Ready',
    partial: 'Ready in part',
    failed: 'Failed',
  },
  steps: {
    waiting: 'Waits for its turn',
    hashing: (share: number) => `Computing its fingerprint, ${percent(share)}`,
    asking: 'Asking where to send it',
    busy: 'Many uploads at once. It goes on by itself within a minute.',
    uploading: (sent: number, total: number) =>
      `Uploading ${words.size(sent)} of ${words.size(total)}, ${percent(total === 0 ? 1 : sent / total)}`,
    broken: 'The connection broke off. It goes on by itself as soon as there is one.',
    interrupted: (times: number) => `taken up again ${words.plural(times, 'time', 'times')}`,
    queued: 'Arrived. In the queue',
    phases,
    done: (pages: number) => (pages === 0 ? 'Read' : `Read, ${words.plural(pages, 'page', 'pages')}`),
    opened: (files: number) => `Read, with ${words.plural(files, 'file', 'files')} in it`,
    recognised: (pages: number) => `Read by text recognition, ${words.plural(pages, 'page', 'pages')}`,
    same: (fileName: string) => `The same as ${fileName}, byte for byte. It is read once.`,
    reused: 'Was here already, not sent again',
    pagesWithoutText: (pages: number) =>
      `${words.plural(pages, 'page has', 'pages have')} no text that could be read. The matrix names them.`,
    duplicate: (fileName: string) => `The same file was read before, as ${fileName}.`,
  },
  fingerprint: {
    exact: 'What was read is exactly your file',
    name: 'SHA-256',
  },
  analysis: {
    name: 'Compliance matrix',
    waiting: 'Follows when every file is read',
    held: 'Waits for the file that failed: try it again, or remove it to go on without it.',
    heldLost: 'Waits for the file that was not uploaded: drop it again, or remove it to go on without it.',
    asking: 'Being started',
    states: runStates,
    windows: (settled: number, planned: number) =>
      `${words.count(settled)} of ${words.plural(planned, 'window', 'windows')} analysed`,
    done: (rows: number) => `${words.plural(rows, 'row', 'rows')}, each with its source`,
    partial: (rows: number) => `${words.plural(rows, 'row', 'rows')}; something is missing, and the matrix says what`,
    without: (rows: number, fileNames: readonly string[]) =>
      `${words.plural(rows, 'row', 'rows')}; not in it: ${fileNames.join(', ')}`,
  },
  /** Announced when a package gets further. */
  spoken: {
    working: (name: string) => `${name}: under way.`,
    reading: (name: string) => `${name}: arrived, being read.`,
    analysing: (name: string) => `${name}: being analysed.`,
    attention: (name: string) => `${name}: waits for you.`,
    done: (name: string, rows: number) => `${name}: the matrix is ready, ${words.plural(rows, 'row', 'rows')}.`,
    without: (missing: number, files: number) => ` ${words.plural(missing, 'file', 'files')} of ${files} not in it.`,
    failed: (name: string) => `${name}: failed.`,
  },
  problems: {
    brokenOff: 'The connection broke off several times. Check your network, then try again.',
    notTaken: 'The storage did not take the file. Try again; if it stays, tell us the reference.',
    unreadable: 'The file cannot be read any more: it was changed, moved, or is a folder. Choose it again.',
    notUploaded: 'Not uploaded: the page was left before all of it had been sent. Drop the file again.',
    refusedBefore: 'It was refused before the page was loaded again. Upload it once more to see why.',
    neverArrived: 'The file did not arrive in time. Try again.',
    differs: 'What arrived is not the file on your disk. Remove it and upload it again.',
    analysisFailed: 'The analysis stopped. Try again.',
    cancelled: 'The analysis was cancelled.',
    noSample: 'The sample could not be loaded. Try again, or drop a file of your own.',
  },
} as const;
