/** Words that stand in more than one view: states, formats, the values of a row. */
import type { ConversionState } from '../../../functions/src/contracts/conversion.ts';
import type {
  Actor,
  ExclusionReason,
  FunctionalRole,
  Modal,
  Obligation,
  RowKind,
  Verification,
} from '../../../functions/src/contracts/rfp.ts';
import type { RunState } from '../../../functions/src/contracts/run.ts';

const conversionState: Readonly<Record<ConversionState, string>> = {
  awaiting_upload: 'Waiting for the file',
  queued: 'In the queue',
  converting: 'Being read',
  completed: 'Ready',
  partial: 'Ready in part',
  failed: 'Failed',
  expired: 'Never uploaded',
};

const runState: Readonly<Record<RunState, string>> = {
  queued: 'In the queue',
  planning: 'Being planned',
  analyzing: 'Being analysed',
  merging: 'Being put together',
  completed: 'Ready',
  partial: 'Ready in part',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const obligation: Readonly<Record<Obligation, string>> = {
  mandatory: 'Mandatory',
  conditional: 'Conditional',
  desired: 'Desired',
  permitted: 'Permitted',
  prohibited: 'Prohibited',
  informational: 'Informational',
};

const actor: Readonly<Record<Actor, string>> = {
  offeror: 'Offeror',
  contractor: 'Contractor',
  government: 'Government',
  subcontractor: 'Subcontractor',
  unclear: 'Unclear',
};

const verification: Readonly<Record<Verification['status'], string>> = {
  machine_verified: 'Verified',
  needs_review: 'Needs review',
  human_verified: 'Confirmed',
  rejected: 'Rejected',
};

const section: Readonly<Record<FunctionalRole, string>> = {
  instructions: 'Instructions (L)',
  evaluation: 'Evaluation (M)',
  work: 'Work (C)',
  clauses: 'Clauses',
  reps: 'Representations',
  forms: 'Forms',
  price: 'Price',
  other: 'Other',
};

const rowKind: Readonly<Record<RowKind, string>> = {
  instruction: 'Instruction',
  evaluation: 'Evaluation',
  performance: 'Performance',
  deliverable: 'Deliverable',
  contract_clause: 'Clause',
  representation: 'Representation',
  certification: 'Certification',
  pricing: 'Pricing',
  security: 'Security',
  submission: 'Submission',
  administrative: 'Administrative',
};

const modal: Readonly<Record<Modal, string>> = {
  shall: 'shall',
  must: 'must',
  will: 'will',
  should: 'should',
  may: 'may',
  required_to: 'required to',
  shall_not: 'shall not',
  must_not: 'must not',
  may_not: 'may not',
  imperative: 'imperative',
  implied: 'implied',
};

const exclusion: Readonly<Record<ExclusionReason, string>> = {
  boilerplate: 'Boilerplate',
  header_footer: 'Running head or foot',
  toc: 'Table of contents',
  heading: 'Heading',
  definition: 'Definition',
  informational: 'Information only',
  permission: 'Permission',
  evaluation_statement: 'Says how offers are evaluated',
  duplicate: 'Repeats another sentence',
  government_duty: 'Binds the Government',
  out_of_scope: 'Out of scope',
  not_a_sentence: 'Not a sentence',
};

const number = new Intl.NumberFormat('en');
const megabytes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1024 * 1024;

export const words = {
  conversionState,
  runState,
  obligation,
  actor,
  verification,
  section,
  rowKind,
  modal,
  exclusion,
  count: (value: number) => number.format(value),
  /** 1 page, 2 pages. */
  plural: (value: number, one: string, many: string) => `${number.format(value)} ${value === 1 ? one : many}`,
  size: (bytes: number) =>
    bytes < BYTES_PER_MB
      ? `${number.format(Math.max(Math.sign(bytes), Math.round(bytes / BYTES_PER_KB)))} KB`
      : `${megabytes.format(bytes / BYTES_PER_MB)} MB`,
  /** Of ISO text. */
  day: (time: string) => day.format(new Date(time)),
  /** Its half of the day stays with its hour when it is broken into lines. */
  moment: (time: string) => moment.format(new Date(time)).replace(/\s(?=[AP]M$)/u, '\u00a0'),
} as const;
