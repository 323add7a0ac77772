/** The import table of ARCHITECTURE.md as rules. Each says why, because that is what the reader of a failure needs. */
const src = (folders) => `^functions/src/(${folders})`;
const SDKS =
  '(^@google-cloud/|^@google/|^firebase|^stripe$|^@sentry/|/node_modules/(@google-cloud|@google|firebase[^/]*|stripe|@sentry)/)';

/** A folder may import what `allowed` matches (project paths, npm packages as node_modules/…, node:… modules) and nothing else. */
const only = (name, from, allowed, why) => ({
  name,
  comment: why,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

const PURE_PARSERS =
  '^mdast$|node_modules/(@hyzyla/pdfium|@noble/hashes|fflate|mdast-util-[^/]+|micromark-[^/]+|micromark|papaparse|parse5|postal-mime|@types/papaparse)/';

/** What is built into the page; scripts/check/licences.ts looks at the licences of these and of what they need. */
const PAGE_PACKAGES =
  'node_modules/(@types/)?(react|react-dom|wouter|firebase|@firebase/[^/]+|pdfjs-dist|@tanstack/react-virtual|react-markdown|remark-gfm|@noble/hashes)/';

module.exports = {
  forbidden: [
    only(
      'contracts-know-only-zod',
      src('contracts/'),
      ['^functions/src/contracts/', 'node_modules/zod/'],
      'The contracts are shared with the web page and with API clients: whatever they import, everyone carries.',
    ),
    only(
      'errors-and-ports-know-only-contracts',
      src('(errors|ports|repositories)\\.ts$'),
      ['^functions/src/contracts/', '^functions/src/errors\\.ts$'],
      'They are the seam that lets the pipeline be tested with plain objects; an SDK here would reach everything.',
    ),
    only(
      'convert-is-pure',
      src('convert/'),
      ['^functions/src/(convert|contracts)/', '^functions/src/errors\\.ts$', PURE_PARSERS],
      'Bytes in, Document out, the same every time, in a thread, in the cloud or in a test: no files, no network, no clock.',
    ),
    only(
      'analyze-is-pure',
      src('analyze/'),
      ['^functions/src/(analyze|contracts)/', '^functions/src/errors\\.ts$', PURE_PARSERS],
      'The same documents give the same rows: no files, no network, no clock, and nothing of how a document was converted.',
    ),
    only(
      'export-is-pure',
      src('export/'),
      ['^functions/src/(export|contracts)/', '^functions/src/errors\\.ts$', PURE_PARSERS],
      'Rows in, bytes out: an export must not be able to change what it shows.',
    ),
    only(
      'sandbox-only-runs-converters',
      src('sandbox/'),
      [
        '^functions/src/(sandbox|convert|contracts)/',
        '^functions/src/(errors|ports)\\.ts$',
        '^(node:)?(child_process|worker_threads|fs|module|path|url)$',
      ],
      'The sandbox is where untrusted bytes are read: it may reach nothing worth stealing.',
    ),
    only(
      'pipeline-and-account-use-ports',
      src('(pipeline|account)/'),
      [
        '^functions/src/(pipeline|account|contracts|analyze|export)/',
        '^functions/src/(errors|ports|repositories)\\.ts$',
      ],
      'Use cases are plain functions over ports. Conversion is reached through ports.DocumentConverter, vendors through adapters.',
    ),
    {
      name: 'adapters-know-no-use-case',
      comment:
        'An adapter translates one vendor for one port. It decides nothing, and leans on no other adapter but the logger.',
      severity: 'error',
      from: { path: src('adapters/([^/]+)\\.ts$') },
      to: {
        path: '^functions/src/',
        pathNot: [
          '^functions/src/contracts/',
          '^functions/src/(errors|ports|repositories)\\.ts$',
          '^functions/src/adapters/(logger|$2)',
        ],
      },
    },
    {
      name: 'entry-is-protocol-only',
      comment:
        'An entry turns a request into a call and an error into an answer; what is done is chosen in handlers.ts.',
      severity: 'error',
      from: { path: src('entry/') },
      to: {
        path: '^functions/src/',
        pathNot: ['^functions/src/(entry|contracts)/', '^functions/src/(errors|ports|repositories)\\.ts$'],
      },
    },
    {
      name: 'nothing-imports-index',
      comment: 'index.ts registers the deployed functions; importing it would start them.',
      severity: 'error',
      from: {},
      to: { path: '^functions/src/index\\.ts$' },
    },
    {
      name: 'cli-does-not-run-the-pipeline',
      comment: 'The CLI is the pure libraries in one process; the pipeline needs a cloud or its stand-ins.',
      severity: 'error',
      from: { path: '^scripts/(mdraft\\.ts$|start\\.ts$|cli/)' },
      to: {
        path: ['^functions/src/(pipeline|account|entry)/', '^functions/src/adapters/(?!vertex-ai|openai-compatible)'],
      },
    },
    {
      name: 'local-cloud-stands-alone',
      comment:
        'A stand-in that shared code with what is tested against it would share its mistakes. The PDFium binding is the one exception.',
      severity: 'error',
      from: { path: '^scripts/local-cloud/' },
      to: { path: '^functions/src/', pathNot: '^functions/src/convert/pdf/pdfium\\.ts$' },
    },
    {
      name: 'no-sdk-outside-adapters',
      comment: 'A vendor that is named in one file can be replaced in one file.',
      severity: 'error',
      from: { path: '^functions/src/', pathNot: '^functions/src/(adapters|entry)/' },
      to: { path: SDKS },
    },
    only(
      'page-knows-only-contracts',
      '^hosting/src/',
      ['^hosting/src/', '^functions/src/contracts/', PAGE_PACKAGES],
      'Whatever the page imports every reader downloads, and what runs on the server has no place in a browser.',
    ),
    {
      name: 'page-takes-types-of-contracts',
      comment:
        'Of the contracts only those without a schema run in a page, the client above all: the others bring zod along.',
      severity: 'error',
      from: { path: '^hosting/src/' },
      to: {
        path: '^functions/src/contracts/',
        pathNot: '^functions/src/contracts/(client|file-name)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'page-data-knows-no-view',
      comment: 'What the page knows can be tested without a browser, and shown by any view.',
      severity: 'error',
      from: { path: '^hosting/src/data/' },
      to: {
        path: [
          '^hosting/src/(app\\.tsx|components/|hooks/|viewer/|views/)',
          'node_modules/(@types/)?(react|wouter|@tanstack)',
        ],
      },
    },
    {
      name: 'page-knows-firebase-in-data',
      comment: 'A vendor that is named in one folder can be replaced in one folder.',
      severity: 'error',
      from: { path: '^hosting/src/', pathNot: '^hosting/src/data/' },
      to: { path: 'node_modules/@?firebase/' },
    },
    {
      name: 'views-stand-alone',
      comment:
        'A view is loaded when it is opened, and looks as it needs to: what two of them show is a component. What they say of the same thing (plain .ts) may be shared.',
      severity: 'error',
      from: { path: '^hosting/src/views/([^/]+)/' },
      to: { path: '^hosting/src/(views/.*\\.(tsx|css)|app\\.tsx)$', pathNot: '^hosting/src/views/$1/' },
    },
    {
      name: 'source-does-not-import-tests-or-scripts',
      comment: 'What is deployed must not lean on what is not.',
      severity: 'error',
      from: { path: '^functions/src/' },
      to: { path: '^(test|scripts|hosting)/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle has no order in which it can be read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere fails at run time.',
      severity: 'error',
      from: {},
      // mdast is types only (@types/mdast): there is nothing to resolve at run time.
      to: { couldNotResolve: true, pathNot: '^mdast$' },
    },
    {
      name: 'run-time-needs-no-dev-dependency',
      comment: 'Development packages are not deployed.',
      severity: 'error',
      from: { path: '^functions/src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|hosting/dist)/|(^|/)node_modules/.*/node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
