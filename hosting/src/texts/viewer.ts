/** The original and its Markdown, side by side; also beside the matrix. */
export const viewer = {
  original: 'Original',
  markdown: 'Markdown',
  sides: 'Original or Markdown',
  /** A page, as it is printed. */
  page: (label: string) => `Page ${label}`,
  /** Of the picture of a page, to a screen reader. */
  pagePicture: (page: number, label: string | undefined) =>
    label === undefined || label === `${page}` ? `Page ${page}` : `Page ${page}, printed as ${label}`,
  printedAs: (label: string) => `printed as ${label}`,
  pageField: 'Page',
  ofPages: (pages: string) => `of ${pages}`,
  previousPage: 'Previous page',
  nextPage: 'Next page',
  zoom: 'Size',
  fitWidth: 'Fit width',
  percent: (share: number) => `${Math.round(share * 100)} %`,
  pages: 'Pages of the original',
  passage: 'Text as Markdown',
  keys: 'Arrow keys go from block to block, Enter shows the block in the original.',
  table: 'Table',
  picture: (alt: string) => (alt === '' ? '[picture]' : `[picture: ${alt}]`),
  task: { done: '☑ ', open: '☐ ' },
  loadingOriginal: 'Loading the original …',
  notDrawn: 'Your browser cannot draw this file. The Markdown is complete; download the original to see its pages.',
  noPages: 'No pages to show',
  noPagesText: 'A file of this format has no pages of its own. Its text is complete on the Markdown side.',
  tiffText:
    'Browsers cannot draw TIFF files. Download the original to see its pages; its text is on the Markdown side.',
  downloadOriginal: 'Download the original',
  openDocument: 'Open the whole document',
  close: 'Close',
  source: (fileName: string) => `Source: ${fileName}`,
  empty: 'No text was found in this document.',
} as const;
