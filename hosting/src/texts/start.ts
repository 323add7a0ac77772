import { words } from './words.ts';

/** The quotes and figures of the picture are those of the sample solicitation, as the rules read it. */
const picture = {
  caption: 'From the sample solicitation: a row of the matrix, and the place that it quotes.',
  matrixTitle: 'Compliance matrix',
  columns: { id: 'Row', requirement: 'Requirement', section: 'Section', actor: 'Actor', page: 'Page' },
  rows: [
    {
      id: 'L-010',
      requirement:
        'Proposals shall be written in English and formatted for letter-size paper with margins of at least 1 inch on all sides.',
      section: 'L.3.1',
      page: '11',
    },
    {
      id: 'L-011',
      requirement: 'Text must be in Times New Roman or Arial, 12 points or larger, with single line spacing.',
      section: 'L.3.1',
      page: '11',
    },
    {
      id: 'L-012',
      requirement:
        'Every page shall carry the name of the offeror, the solicitation number, the volume and the page number.',
      section: 'L.3.2',
      page: '11',
    },
  ],
  actor: 'Offeror',
  verified: 'Verified, character for character',
  sheet: {
    page: '01-solicitation.pdf, page 11',
    heading: 'L.3 Format',
    before:
      'L.3.1 Proposals shall be written in English and formatted for letter-size paper with margins of at least 1 inch on all sides. ',
    quote: 'Text must be in Times New Roman or Arial, 12 points or larger, with single line spacing.',
    after: ' Tables may use 10 points, and graphics 8 points.',
  },
  ledger: {
    title: 'Coverage ledger',
    total: (sentences: number) => `${words.count(sentences)} sentences in the package`,
    inMatrix: (sentences: number) => `${words.count(sentences)} in the matrix`,
    excluded: (sentences: number) => `${words.count(sentences)} excluded, each with its reason`,
    unresolved: (sentences: number) => `${words.count(sentences)} unresolved`,
    inMatrixSentences: 189,
    excludedSentences: 606,
    unresolvedSentences: 0,
  },
} as const;

export const start = {
  headline: 'Your RFP as a compliance matrix, and proof that nothing was left out',
  lead: 'Every requirement becomes a row with its quote and its page. A ledger shows where every other sentence went.',
  sample: 'Try it with a sample solicitation',
  sampleLoading: 'Fetching the sample …',
  returning: 'You have been here before:',
  yourDocuments: 'your documents',
  promises: {
    title: 'What happens to your file',
    noAccount: 'No account needed. Sign up later, and everything stays where it is.',
    private: 'Nobody else sees it: a visitor has a workspace of its own.',
    kept: (days: number) =>
      `Kept for ${words.plural(days, 'day', 'days')}, then erased. Erased at once when you delete it.`,
  },
  work: {
    working: 'Your package is being read',
    attention: 'Your package waits for you',
    done: 'Your matrix is ready',
    doneWithout: (missing: number, files: number) =>
      `Your matrix is ready, but ${missing} of ${words.plural(files, 'file', 'files')} ${missing === 1 ? 'is' : 'are'} not in it`,
    failed: 'Nothing could be made of it yet',
    leads: {
      working: 'Each step is shown as it happens. You may go to other parts of mdraft meanwhile.',
      attention: 'Something has to be decided before it goes on.',
      done: 'Every row names its place in your documents, and every document can be opened beside its original.',
      failed: 'Each file says below what is wrong with it and what to do.',
    },
    leadWithout: (fileNames: readonly string[]) =>
      `Not in it: ${fileNames.join(', ')}. Each says below what is wrong with it and what to do.`,
    another: 'Another package',
    keep: 'You are here as a visitor, and only this browser knows your work.',
    keepLink: 'Keep it with an e-mail address',
  },
  get: {
    title: 'What you get',
    rows: 'Every row is a quote',
    rowsText:
      'With its section, page and place. A quote that is not found in the text is marked for review and never passed off as found.',
    ledger: 'Every sentence has a place',
    ledgerText:
      'In a row, excluded with a reason, or unresolved and shown to you. The account of the whole package adds up.',
    exports: 'Yours to take along',
    exportsText: 'The matrix as Excel, CSV, Markdown or JSON; every document as clean Markdown beside its original.',
    picture,
  },
  how: {
    title: 'How it works',
    steps: [
      {
        title: 'Fingerprint and upload',
        text: 'Your browser computes the SHA-256 of the file and sends it straight to storage. Large files go on where they broke off.',
      },
      {
        title: 'Read',
        text: 'Headings, lists, tables and page numbers become clean Markdown. Pages that are only pictures go through text recognition.',
      },
      {
        title: 'Analyse',
        text: 'The package is cut into overlapping windows, and each is searched for what binds somebody: shall, must, will, imperatives.',
      },
      {
        title: 'Put together and account',
        text: 'Findings become rows with their place in the text. The ledger is closed when every sentence has an entry.',
      },
    ],
  },
  limits: {
    title: 'What it reads',
    format: 'Format',
    largest: 'Largest file',
    pdf: 'PDF, with text or scanned',
    office: 'Word, Excel, PowerPoint, OpenDocument, RTF, EPUB, e-mail, ZIP',
    text: 'HTML, text, Markdown, CSV',
    image: 'PNG, JPEG, TIFF',
    size: (bytes: number) => words.size(bytes),
    note: 'A file is known by what it holds and not by its name. One that is encrypted or damaged is refused with a sentence that says what to do.',
  },
  engineers: {
    title: 'For engineers',
    text: 'Everything this page does is an operation of the API: ask for a signed URL, PUT the file, read the rows.',
    link: 'OpenAPI 3.1 description',
    address: '/api/v1/openapi.json',
    example:
      'POST /api/v1/convert  {"fileName": "rfp.pdf", "contentType": "application/pdf", "sizeBytes": 163630, "kinds": ["compliance-matrix"]}',
  },
} as const;
