import type { ComplianceRow, FunctionalRole, SourceRef, Verification } from '../../../functions/src/contracts/rfp.ts';
import { words } from './words.ts';

const columns = {
  id: 'ID',
  section: 'Section',
  page: 'Page',
  requirement: 'Requirement',
  obligation: 'Obligation',
  actor: 'Actor',
  kind: 'Kind',
  links: 'M factor, links',
  verification: 'Verification',
  status: 'Status',
  document: 'Document',
  owner: 'Owner',
  response: 'Response location',
  compliance: 'Compliance',
  risk: 'Risk',
  notes: 'Notes',
};

const facets = {
  document: 'Document',
  section: 'Section',
  obligation: 'Obligation',
  actor: 'Actor',
  kind: 'Kind',
  verification: 'Verification',
};

const status: Readonly<Record<ComplianceRow['status'], string>> = {
  not_started: 'Not started',
  in_progress: 'In progress',
  ready_for_review: 'Ready for review',
  approved: 'Approved',
  noncompliant_accepted: 'Non-compliant but accepted',
  not_applicable: 'Not applicable',
};

const compliance: Readonly<Record<ComplianceRow['compliance'], string>> = {
  tbd: 'TBD',
  comply: 'Comply',
  partial: 'Partial',
  exception: 'Exception',
  no_bid: 'No bid',
};

const risk: Readonly<Record<ComplianceRow['risk'], string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  disqualifying: 'Disqualifying',
};

const timing: Readonly<Record<ComplianceRow['timing'], string>> = {
  proposal: 'In the proposal',
  post_award: 'After award',
};

const action: Readonly<Record<ComplianceRow['action'], string>> = {
  address_in_proposal: 'Address it in the proposal',
  price_it: 'Price it',
  attach_form: 'Attach the form',
  accept_term: 'Accept the term',
  review_only: 'Review only',
};

type Link = ComplianceRow['links'][number];

const linkType: Readonly<Record<Link['toType'], string>> = {
  L_instruction: 'Instruction',
  M_factor: 'M factor',
  C_work: 'Work',
  clause: 'Clause',
  attachment: 'Attachment',
  cdrl: 'CDRL',
  form: 'Form',
};

const linkBasis: Readonly<Record<Link['basis'], string>> = {
  stated: 'stated in the text',
  same_number: 'by its number',
  lexical: 'by its words',
  model: 'by the model',
  user: 'by a person',
};

const match: Readonly<Record<SourceRef['match'], string>> = {
  exact: 'exact quote',
  normalized: 'exact but for spaces and marks',
  fuzzy: 'nearly the same words',
  unverified: 'not found in the source',
};

const method: Readonly<Record<Verification['method'], string>> = {
  rule: 'by rule',
  model: 'by the model',
  human: 'by a person',
};

/** Why a row whose words stand in the document still has to be read. */
const reviewBecause: Readonly<Record<Verification['method'], string>> = {
  rule: 'A rule found it, but who must act or whether it binds is not certain: read it in its place.',
  model: 'The model found it, and no rule confirms it: read it in its place.',
  human: 'Somebody marked it to be read again in its place.',
};

/** In a narrow cell, below the number of the section. */
const sectionShort: Readonly<Record<FunctionalRole, string>> = {
  instructions: 'Instructions',
  evaluation: 'Evaluation',
  work: 'Work',
  clauses: 'Clauses',
  reps: 'Reps',
  forms: 'Forms',
  price: 'Price',
  other: 'Other',
};

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

export const matrix = {
  title: 'Compliance matrix',
  columns,
  facets,
  status,
  compliance,
  risk,
  timing,
  action,
  linkType,
  linkBasis,
  match,
  method,
  reviewBecause,
  needsReview: (reason: string) => `${words.verification.needs_review}. ${reason}`,
  reviewQuote: 'Its words do not stand in the document exactly like this: compare them in their place.',
  sectionShort,
  percent: (share: number) => percent.format(share),
  none: '–',
  noneRead: 'nothing',

  rowsShown: (shown: string, all: string) => `${shown} of ${all} rows`,
  rowsSoFar: (count: string) => `${count} rows so far`,
  rowsWaiting: (count: string) => `${count} rows so far; the rest follows in a moment`,
  coverage: (sentences: string, inMatrix: string, excluded: string, unresolved: string) =>
    `${sentences} sentences: ${inMatrix} in the matrix, ${excluded} excluded, ${unresolved} unresolved`,
  coverageHint: 'Opens the ledger, which says where every sentence went',
  partial: 'This matrix is not complete.',
  missingWindows: (windows: number) => `${words.plural(windows, 'window was', 'windows were')} not read.`,
  toRun: 'Open the analysis',
  retryThere: 'See what failed and try again',

  search: 'Search the requirements',
  searchHint: 'Search: all words, in text, ID and section',
  searchKey: '/',
  searchKeyHint: 'From the table or an open row: / goes to the search, j and k to the next row and the one before',
  filters: 'Filters',
  filterCount: (facet: string, chosen: number) => `${facet}, ${chosen} chosen`,
  remove: (what: string) => `Remove the filter ${what}`,
  clearAll: 'Clear all',
  chosen: 'Active filters',
  onPage: (page: number) => `Page ${page}`,
  onPageOf: (page: number, fileName: string) => `Page ${page} of ${fileName}`,
  searched: (search: string) => `“${search}”`,
  noChoice: 'No row to choose by.',
  columnsMenu: 'Columns',
  columnsHint: 'Shown columns',
  columnsAsFit: 'As many as fit',

  table: 'Requirements',
  open: (displayId: string) => `${displayId}: show its source`,
  more: (count: number) => `+${count}`,
  missingReference: (text: string) => `${text} is not in the package`,
  ambiguousReference: (text: string) => `It is not clear what ${text} points at`,
  pageShort: (page: number) => `p. ${page}`,
  pages: (from: number, to: number) => (from === to ? `page ${from}` : `pages ${from}–${to}`),

  panel: (displayId: string) => `Row ${displayId} and its source`,
  panelShown: (displayId: string) => `The source of ${displayId} is shown.`,
  previous: 'Previous row',
  next: 'Next row',
  close: 'Close',
  position: (at: string, all: string) => `${at} of ${all}`,
  details: 'Details',
  part: 'Part meant',
  condition: 'Condition',
  timingLabel: 'When',
  actionLabel: 'What to do',
  source: 'Source',
  links: 'Links',
  unresolved: 'Named, not found',
  alsoAt: 'Also stated at',
  responseShort: 'Answered in',
  score: (share: string) => `${share} match`,
  reviewer: 'Reviewer',
  due: 'Due',
  question: 'Question to the buyer',
  naReason: 'Not applicable because',
  amended: 'Amendment',
  previously: 'Before',
  evidence: 'Evidence',
  amendment: {
    unchanged: 'Unchanged',
    added: 'Added',
    modified: 'Modified',
    deleted: 'Deleted',
    clarified: 'Clarified',
    superseded: 'Superseded',
  } satisfies Readonly<Record<ComplianceRow['amendment']['state'], string>>,
  amendmentNo: (number: string) => `by amendment ${number}`,
  rowGone: 'This row is not in the matrix. The analysis may have been made anew.',
  documentGone: 'The document of this row is not here any more.',

  working: (state: string) =>
    `The analysis is not done yet (${state.toLowerCase()}). The matrix opens by itself when it is.`,
  workingTitle: 'The matrix is being made',
  stopped: (state: string) => `The analysis ended without a matrix (${state.toLowerCase()}).`,
  stoppedTitle: 'No matrix',
  progress: 'Windows analysed',
  emptyTitle: 'No requirement found',
  empty:
    'No sentence of this package binds an offeror or a contractor by the rules. The ledger shows every sentence and why it was left out; check that the right files were uploaded.',
  toLedger: 'Open the ledger',
  noMatchTitle: 'No row fits',
  noMatch: 'No row has all these words and fits all these filters.',
  excludedThere: (count: number) =>
    `${words.plural(count, 'sentence was', 'sentences were')} left out of the matrix; the ledger shows each with its reason.`,
  toExcluded: 'Look in the ledger',
  clearFilters: 'Clear the search and all filters',
  rowsFailed: 'Not all rows could be loaded.',
} as const;
