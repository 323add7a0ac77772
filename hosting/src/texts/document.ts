import { words } from './words.ts';

const { count, plural } = words;

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const MOST_PAGES_NAMED = 12;

/** Of the document view; what stands on its two sides is in viewer.ts. */
export const document = {
  untitled: 'Document',
  toDocuments: 'Documents',
  inFile: (fileName: string) => `In ${fileName}`,
  contents: 'Files in it',
  contentsExplained: 'Each of these files is a document of its own. An analysis of this one reads them all.',
  pages: (pages: number) => plural(pages, 'page', 'pages'),
  recognised: (pages: number) => `${plural(pages, 'page', 'pages')} read by text recognition`,
  readAs: (engine: string) => `Read as ${engine}`,
  keptUntil: (day: string) => `Kept until ${day}`,
  download: 'Download',
  downloads: { markdown: 'Markdown', blocks: 'Blocks (JSON)', original: 'Original' },
  downloadFailed: (message: string) => `The download did not begin. ${message}`,
  analysis: 'Analysis',
  analyse: 'Analyse',
  analysing: 'Starting …',
  progress: (fileName: string) => `Conversion of ${fileName}`,
  waiting: 'The document opens here by itself as soon as it is ready.',
  waitingForUpload: 'The file has not arrived yet.',
  failed: 'It could not be read',
  uploadAgain: 'Upload another file',
  remarks: (remarks: number) => plural(remarks, 'remark', 'remarks'),
  withoutText: (pages: readonly number[]) => {
    const named = pages.slice(0, MOST_PAGES_NAMED).map(count);
    const more = pages.length - named.length;
    const all = list.format(more > 0 ? [...named, `${count(more)} more`] : named);
    return pages.length === 1
      ? `Page ${all} has no text that could be read. Look at the original.`
      : `Pages ${all} have no text that could be read. Look at the original.`;
  },
  unreadable: (characters: number) =>
    `${plural(characters, 'character', 'characters')} could not be decoded and ${characters === 1 ? 'is' : 'are'} shown as �.`,
  level: { info: 'Note', warning: 'Warning', error: 'Error' },
  safety: {
    HIDDEN_TEXT: 'Hidden text',
    MACROS: 'Macros',
    EMBEDDED_FILE: 'Embedded file',
    EXTERNAL_RESOURCE: 'Link to outside',
    SCRIPT: 'Script',
  },
  onPage: (page: number) => `page ${count(page)}`,
  show: 'Show',
} as const;
