/** The media type with which a file is announced. What it really holds, the service finds out from its bytes. */

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const TYPE_OF_ENDING: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: WORD,
  docm: 'application/vnd.ms-word.document.macroenabled.12',
  xlsx: EXCEL,
  xlsm: 'application/vnd.ms-excel.sheet.macroenabled.12',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  pptm: 'application/vnd.ms-powerpoint.presentation.macroenabled.12',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  rtf: 'application/rtf',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  epub: 'application/epub+zip',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  zip: 'application/zip',
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  text: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
};

const UNKNOWN = 'application/octet-stream';
/** As the API takes it: no parameters. */
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

const endingOf = (fileName: string): string => /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** For the file dialog: what the service reads. */
export const ACCEPTED_ENDINGS = Object.keys(TYPE_OF_ENDING).map((ending) => `.${ending}`);

/**
 * By the ending where it is one that the service reads: a browser goes by the ending too, but says what some program has
 * registered for it. Otherwise what the browser says.
 */
export const declaredType = ({ name, type }: Pick<File, 'name' | 'type'>): string => {
  const known = TYPE_OF_ENDING[endingOf(name)];
  if (known !== undefined) return known;
  return MEDIA_TYPE.test(type) ? type.toLowerCase() : UNKNOWN;
};
