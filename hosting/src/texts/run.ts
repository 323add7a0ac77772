import type { NotRead, RunState, RunWindow } from '../../../functions/src/contracts/run.ts';
import { words } from './words.ts';

type WindowState = RunWindow['state'];

const windowState: Readonly<Record<WindowState, string>> = {
  queued: 'waiting',
  working: 'being read',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

const phase: Readonly<Record<Extract<RunState, 'queued' | 'planning' | 'analyzing' | 'merging'>, string>> = {
  queued: 'Queue',
  planning: 'Plan',
  analyzing: 'Read',
  merging: 'Put together',
};

const pages = (count: number): string => words.plural(count, 'page', 'pages');
const sentences = (count: number): string => words.plural(count, 'sentence', 'sentences');
const rows = (count: number): string => words.plural(count, 'row', 'rows');
const windows = (count: number): string => words.plural(count, 'window', 'windows');

/** Why a file is not in an analysis, by its reason. Any other reason: it could not be read. */
const notReadBecause: Readonly<Record<string, string>> = {
  FILE_EMPTY: 'empty',
  UPLOAD_EMPTY: 'empty',
  FILE_TOO_LARGE: 'too large',
  FILE_ENCRYPTED: 'protected by a password',
  FILE_DAMAGED: 'damaged',
  FILE_EXTENSION_MISMATCH: 'its name ends in another format',
  FORMAT_UNSUPPORTED: 'format not supported',
  ARCHIVE_TOO_LARGE: 'too large when unpacked',
  CONVERSION_TIMEOUT: 'took too long to read',
  UPLOAD_MISSING: 'did not arrive',
};
const MOST_FILES_NAMED = 10;

const filesNotRead = (notRead: readonly NotRead[]): string => {
  const named = notRead
    .slice(0, MOST_FILES_NAMED)
    .map(({ fileName, reason }) => `${fileName} (${notReadBecause[reason] ?? 'could not be read'})`);
  const more = notRead.length - named.length;
  return [...named, ...(more > 0 ? [`and ${words.count(more)} more`] : [])].join(', ');
};

export const run = {
  rows,
  header: {
    above: 'Analyses',
    title: 'Analysis',
    /** The first file names the package. */
    package: (fileName: string, more: number) =>
      more === 0 ? fileName : `${fileName} and ${words.plural(more, 'more document', 'more documents')}`,
    started: (time: string) => `Started ${time}`,
    documents: 'Documents of this analysis',
    openDocument: 'Open the document',
    openMatrix: 'Open the matrix',
    cancel: 'Cancel',
    retry: 'Try again',
    retryWindows: 'Try the failed windows again',
    retrying: 'Starting again …',
  },
  cancel: {
    title: 'Cancel this analysis?',
    text: 'What is being read now ends; nothing new begins. What was found so far is kept, and you can go on later.',
    confirm: 'Cancel the analysis',
    keep: 'Let it run',
  },
  progress: {
    title: 'Progress',
    bar: 'Windows read',
    steps: 'Steps',
    phase,
    isDone: 'done',
    waiting: {
      queued: 'It begins as soon as there is room.',
      planning: 'The package is read once and cut into windows.',
      analyzing: '',
      merging: 'All windows are read. The rows and the ledger are being put together.',
    },
    counts: (done: number, planned: number) => `${words.count(done)} of ${windows(planned)} read`,
    failed: (count: number) => `${words.count(count)} failed`,
    found: (count: number) => `${words.plural(count, 'requirement', 'requirements')} found so far`,
    announced: (done: number, planned: number, found: number) =>
      `${words.count(done)} of ${windows(planned)} read, ${words.plural(found, 'requirement', 'requirements')} found.`,
  },
  windowGrid: {
    title: 'Windows',
    legend: 'What the signs mean',
    explained: (perCell: number) =>
      perCell === 1
        ? 'A window is a stretch of a document that is read in one go.'
        : `A window is a stretch of a document that is read in one go. One sign stands for ${words.count(perCell)} of them.`,
    state: windowState,
    document: (fileName: string, done: number, planned: number, failed: number) =>
      `${fileName}: ${words.count(done)} of ${windows(planned)} read${failed === 0 ? '' : `, ${words.count(failed)} failed`}`,
    one: (number: number, of: number, fileName: string, state: WindowState, found: number | undefined) =>
      `Window ${words.count(number)} of ${words.count(of)}, ${fileName}: ${windowState[state]}${
        found === undefined ? '' : `, ${words.count(found)} found`
      }`,
    several: (first: number, last: number, of: number, fileName: string, done: number, failed: number) =>
      `Windows ${words.count(first)} to ${words.count(last)} of ${words.count(of)}, ${fileName}: ${words.count(done)} done${
        failed === 0 ? '' : `, ${words.count(failed)} failed`
      }`,
  },
  found: {
    title: 'Found so far',
    empty: 'Requirements appear here as windows are finished.',
    newest: (shown: number) => `The newest ${words.count(shown)}`,
    page: (pageNumber: number) => `p. ${words.count(pageNumber)}`,
    review: 'Needs review',
    isNew: 'New:',
    paused: 'The live list cannot be loaded now. The analysis goes on, and the matrix will have every row.',
  },
  failures: {
    title: (count: number) => `${words.plural(count, 'window was', 'windows were')} not read`,
    explained:
      'What stands there is not in the matrix. Trying again reads this and nothing else; everything found so far is kept.',
    named: (numbers: string, of: number) => `Window ${numbers} of ${words.count(of)}`,
    pages: (list: string) => `Touches page ${list}`,
    cancelled: 'It was cancelled before it was read.',
    unknown: 'It was given up.',
    more: (count: number) => `and ${words.plural(count, 'more document', 'more documents')}`,
  },
  missing: {
    files: (notRead: readonly NotRead[], inAll: number) => {
      const [are, them] = notRead.length === 1 ? ['is', 'it'] : ['are', 'them'];
      const share = `${words.count(notRead.length)} of ${words.plural(inAll, 'file', 'files')}`;
      return `${share} ${are} not in this analysis: ${filesNotRead(notRead)}. Put ${them} right and upload ${them}, then select all documents of the package under Documents and analyse them together.`;
    },
    pages: (list: string, fileName: string) =>
      `Page ${list} of ${fileName} has no text that could be read. Upload a version with text, or a sharper scan.`,
    document: (fileName: string) =>
      `${fileName} was read in part or holds no text. Open it to see what is missing, or upload it again.`,
    other: (count: number) => `${words.plural(count, 'more part', 'more parts')} could not be read.`,
  },
  ended: {
    failed: 'The analysis failed',
    cancelled: 'The analysis was cancelled',
    cancelledText: 'Nothing new was begun. Go on with it whenever you like: what was read already is not read again.',
    unknown: 'It was given up after several tries. Try again; if it stays, tell us about it.',
    reference: (reason: string, runId: string) => `Reference: ${reason}, ${runId}`,
    goOn: 'Go on with it',
    toDocuments: 'To your documents',
  },
  result: {
    title: 'Result',
    complete: 'Complete: every sentence of the package is in the matrix or left out for a stated reason.',
    unresolved: (count: number) =>
      `${words.plural(count, 'sentence is', 'sentences are')} unresolved: mdraft could not tell whether ${count === 1 ? 'it binds' : 'they bind'} anybody. ${count === 1 ? 'It is' : 'They are'} listed below, with the place in the document.`,
    rows: 'Rows in the matrix',
    sentences: 'Sentences read',
    inMatrix: 'In the matrix',
    excluded: 'Left out, with a reason',
    unresolvedCount: 'Unresolved',
  },
  ledger: {
    title: 'Where every sentence went',
    explained: 'One bar is one page; its height is its number of sentences. Choose a bar to see what it holds.',
    explainedSections:
      'One bar is one section, as these documents have no pages; its height is its number of sentences. Choose a bar to see what it holds.',
    kinds: { inMatrix: 'In the matrix', excluded: 'Excluded', unresolved: 'Unresolved' },
    noText: 'No text',
    unread: 'Not read',
    asTable: 'Show as a table',
    asPicture: 'Show as a picture',
    bars: (fileName: string) => `Pages of ${fileName}`,
    /** Of a page or section; `label` as printed. */
    page: (label: string) => `Page ${label}`,
    range: (first: string, last: string) => `Pages ${first} to ${last}`,
    section: (label: string) => (label === '' ? 'Before the first heading' : label),
    sections: (first: string, last: string) => `${first} to ${last}`,
    bar: (name: string, inMatrix: number, excluded: number, unresolved: number) =>
      `${name}: ${words.count(inMatrix)} in the matrix, ${words.count(excluded)} excluded, ${words.count(unresolved)} unresolved`,
    empty: (name: string) => `${name}: no text`,
    notRead: (told: string) => `${told}, not read in full`,
    document: (count: number, isPaged: boolean, sentenceCount: number, perBar: number) =>
      [
        isPaged ? pages(count) : words.plural(count, 'section', 'sections'),
        ...(perBar === 1 ? [] : [`${words.count(perBar)} in a bar`]),
        sentences(sentenceCount),
      ].join(', '),
    highest: (count: number) => (count === 0 ? 'No sentences' : `Tallest bar: ${sentences(count)}`),
    moreDocuments: (count: number) => `Show ${words.plural(count, 'more document', 'more documents')}`,
    none: 'This analysis has no ledger: it is from an earlier version. Start it again from your documents to get one.',
    table: {
      page: 'Page',
      sentences: 'Sentences',
    },
  },
  panel: {
    label: 'What a part of the picture holds',
    whole: 'The whole package',
    of: (name: string, fileName: string) => `${name} of ${fileName}`,
    close: 'Back to the whole package',
    previous: 'Previous bar',
    next: 'Next bar',
    inMatrix: (count: number) => `${words.count(count)} in the matrix`,
    openRows: 'Show the rows',
    openDocument: 'Open in the document',
    unresolved: (count: number) => `${words.count(count)} unresolved`,
    unresolvedHint: 'mdraft could not tell whether these bind anybody. Read them in their place.',
    excluded: (count: number) => `${words.count(count)} excluded`,
    nothing: 'No sentence stands here.',
    noText: 'There is no text on it: it is blank, or a picture.',
    unread: 'It was not read in full, so sentences may be missing here.',
    more: (count: number) => `Show ${words.count(count)} more`,
    parts: 'Page by page',
    onlyUnresolved: 'Unresolved sentences of the package',
    onlyExcluded: 'Excluded sentences of the package',
  },
} as const;
