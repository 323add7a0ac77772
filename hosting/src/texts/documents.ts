import { words } from './words.ts';

const { count, plural } = words;

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const MOST_PAGES_NAMED = 8;

const pageNumbers = (pages: readonly number[]): string => {
  const named = pages.slice(0, MOST_PAGES_NAMED).map(count);
  const more = pages.length - named.length;
  return list.format(more === 0 ? named : [...named, `${count(more)} more`]);
};

/** What read a document; the first part of `engine`. */
const engines: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  docx: 'Word',
  xlsx: 'Excel',
  pptx: 'PowerPoint',
  odt: 'OpenDocument text',
  ods: 'OpenDocument spreadsheet',
  odp: 'OpenDocument presentation',
  rtf: 'RTF',
  doc: 'Word 97–2003',
  xls: 'Excel 97–2003',
  epub: 'EPUB',
  eml: 'E-mail',
  msg: 'Outlook message',
  zip: 'ZIP archive',
  html: 'HTML',
  markdown: 'Markdown',
  text: 'Plain text',
  csv: 'CSV',
  png: 'PNG image',
  jpeg: 'JPEG image',
  tiff: 'TIFF image',
};

export const documents = {
  title: 'Documents',
  engines,
  withRecognition: (engine: string) => `${engine} with text recognition`,
  phase: { read: 'Reading the file', recognise: 'Recognising text', assemble: 'Putting the pages together' },
  recognising: (parts: number) => `Recognising text in ${plural(parts, 'part', 'parts')}`,
  inQueue: 'Begins in a moment',
  uploadUntil: (moment: string) => `The upload can begin until ${moment}.`,
  progress: (fileName: string) => `Conversion of ${fileName}`,
  neverArrived: 'The file did not arrive. Upload it again.',
  failedWithoutWord: 'It could not be read. Upload it again, or save it with another program first.',
  withoutText: (pages: readonly number[]) =>
    `${pages.length === 1 ? 'Page' : 'Pages'} ${pageNumbers(pages)} ${pages.length === 1 ? 'has' : 'have'} no text that could be read. Look at the original, or upload a clearer scan.`,
  partWithoutWord: 'A part of it could not be read. Open it to see which.',
  caption: 'Your documents',
  columns: {
    name: 'Name',
    state: 'State',
    pages: 'Pages',
    engine: 'Read as',
    size: 'Size',
    uploaded: 'Uploaded',
    keptUntil: 'Kept until',
    actions: 'Actions',
  },
  unknown: '–',
  leftToKeep: (days: number) => (days === 0 ? 'Erased today' : `Erased in ${plural(days, 'day', 'days')}`),
  search: 'Search by name',
  sortBy: 'Sort by',
  sortWords: {
    'uploaded-down': 'Newest first',
    'uploaded-up': 'Oldest first',
    'name-up': 'Name, A to Z',
    'name-down': 'Name, Z to A',
    'size-down': 'Largest first',
    'size-up': 'Smallest first',
    'pages-down': 'Most pages first',
    'pages-up': 'Fewest pages first',
  },
  select: (fileName: string) => `Select ${fileName}`,
  selectAll: 'Select all',
  selected: (number: number) => `${count(number)} selected`,
  clearSelection: 'Clear selection',
  shown: (shown: number, all: number) =>
    shown === all ? plural(all, 'document', 'documents') : `${count(shown)} of ${plural(all, 'document', 'documents')}`,
  most: (most: number) => `The newest ${count(most)} are shown.`,
  noMatch: (search: string) => `No document has “${search}” in its name.`,
  clearSearch: 'Show all documents',
  open: 'Open',
  analysis: 'Analysis',
  ofFile: (fileName: string) => `of ${fileName}`,
  inFile: (fileName: string) => `In ${fileName}`,
  delete: 'Delete',
  deleteNamed: (fileName: string) => `Delete ${fileName}`,
  beingDeleted: 'Being deleted',
  notDeleted: (message: string) => `Not deleted: ${message}`,
  tryAgain: 'Try again',
  analyseTogether: (number: number) => (number > 1 ? `Analyse ${count(number)} together` : 'Analyse'),
  analysing: 'Starting the analysis …',
  notReady: (number: number) =>
    `${plural(number, 'selected document is', 'selected documents are')} not ready and will be left out.`,
  noneReady: 'None of the selected documents is ready to be analysed.',
  notStarted: (message: string) => `The analysis did not start. ${message}`,
  confirm: {
    title: (number: number) => (number === 1 ? 'Delete this document?' : `Delete ${count(number)} documents?`),
    what: (number: number) =>
      number === 1
        ? 'Erased for good: the uploaded file, its Markdown, and every analysis that read it, with matrix and exports.'
        : 'Erased for good: the uploaded files, their Markdown, and every analysis that read any of them, with matrix and exports.',
    inside: (files: number) => `The ${plural(files, 'file', 'files')} inside ${files === 1 ? 'goes' : 'go'} too.`,
    analyses: (name: string, more: number, rows: number) =>
      `This also erases the analysis of ${name}${
        more === 0 ? '' : ` and ${plural(more, 'more analysis', 'more analyses')}`
      }, ${plural(rows, 'row', 'rows')}${more === 0 ? '' : ' in all'}.`,
    others: 'An analysis of several documents goes with any one of them. The other documents stay.',
    more: (number: number) => `and ${count(number)} more`,
    delete: (number: number) => (number === 1 ? 'Delete document' : `Delete ${count(number)} documents`),
    cancel: 'Keep',
  },
  empty: {
    title: 'No documents yet',
    text: 'Drop a solicitation above: PDF, Word, Excel, PowerPoint, e-mail, a ZIP of them, or a scan. Several files at once are fine.',
    sample: 'Or try the sample on the start page',
  },
} as const;
