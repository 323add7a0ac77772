import { words } from './words.ts';

const { count, plural } = words;

export const runs = {
  title: 'Analyses',
  caption: 'Your analyses',
  columns: {
    documents: 'Documents',
    state: 'State',
    rows: 'Rows',
    coverage: 'Sentences accounted for',
    created: 'Begun',
    actions: 'Actions',
  },
  unknown: '–',
  nameOfMany: (first: string, more: number) => `${first} and ${count(more)} more`,
  nameless: (documents: number) => plural(documents, 'document', 'documents'),
  windows: (settled: number, planned: number) => `${count(settled)} of ${plural(planned, 'window', 'windows')}`,
  beingPlanned: 'The windows are being laid out',
  progress: (name: string) => `Analysis of ${name}`,
  complete: (sentences: number) => `All ${count(sentences)}, complete`,
  /** Sentences are all accounted for, but not all that was asked for could be read. */
  accounted: (sentences: number) => `All ${count(sentences)} of what was read`,
  unresolved: (unresolved: number, sentences: number) => `${count(unresolved)} of ${count(sentences)} unresolved`,
  filesNotRead: (files: number) =>
    `${plural(files, 'file', 'files')} of the package ${files === 1 ? 'is' : 'are'} not in it.`,
  failedWindows: (failed: number) =>
    `${plural(failed, 'window', 'windows')} failed. Open the analysis to try ${failed === 1 ? 'it' : 'them'} again.`,
  missingPages: (pages: number) => `${plural(pages, 'page', 'pages')} without text.`,
  missingDocuments: (documents: number) => `${plural(documents, 'document was', 'documents were')} not read in full.`,
  failedWithoutWord: 'It could not be finished. Start the analysis again from your documents.',
  overview: 'Overview',
  matrix: 'Matrix',
  ofName: (name: string) => `of ${name}`,
  most: (most: number) => `The newest ${count(most)} are shown.`,
  empty: {
    title: 'No analyses yet',
    text: 'Select one or more documents and choose “Analyse together”. Every requirement becomes a row that shows its source.',
    toDocuments: 'To your documents',
  },
} as const;
