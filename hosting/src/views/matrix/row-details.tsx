import type { ReactNode } from 'react';
import type { ComplianceRow } from '../../../../functions/src/contracts/rfp.ts';
import { TEXTS } from '../../texts/index.ts';
import {
  type FileNames,
  linkName,
  modalOf,
  orderedLinks,
  placeOf,
  responseLocation,
  reviewReason,
  unresolvedInWords,
} from './describe-row.ts';
import { MarkedText } from './marked-text.tsx';
import { VerificationBadge } from './row-cell.tsx';
import styles from './row-details.module.css';

const { matrix, words } = TEXTS;

interface Field {
  label: string;
  /** Nothing: the field is left out, unless it is one that a person fills in. */
  value: ReactNode;
  isHuman?: true;
  /** Takes the whole line. */
  isLong?: true;
}

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ');

const list = (items: readonly string[]): ReactNode =>
  items.length === 0 ? undefined : (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );

const sourceFields = ({ source, otherSources }: ComplianceRow, fileNames: FileNames): Field[] => [
  { isLong: true, label: matrix.source, value: placeOf(source, fileNames) },
  { isLong: true, label: matrix.columns.section, value: source.sectionPath.join(' › ') },
  {
    isLong: true,
    label: matrix.alsoAt,
    value: list([...new Set(otherSources.map((other) => placeOf(other, fileNames)))]),
  },
];

const meaningFields = (row: ComplianceRow): Field[] => [
  { label: matrix.columns.obligation, value: `${words.obligation[row.obligation]} (${modalOf(row)})` },
  { label: matrix.columns.actor, value: words.actor[row.actor] },
  { label: matrix.columns.kind, value: words.rowKind[row.kind] },
  { label: matrix.timingLabel, value: matrix.timing[row.timing] },
  { label: matrix.actionLabel, value: matrix.action[row.action] },
  { label: matrix.columns.risk, value: matrix.risk[row.risk] },
  { isLong: true, label: matrix.condition, value: row.conditionText },
  { isLong: true, label: matrix.part, value: row.atomicText },
];

const linkFields = (row: ComplianceRow, fileNames: FileNames): Field[] => [
  {
    isLong: true,
    label: matrix.links,
    value: list(
      orderedLinks(row.links).map(
        (link) =>
          `${matrix.linkType[link.toType]} ${linkName(link, fileNames)} (${joined(matrix.linkBasis[link.basis], link.score < 1 ? matrix.score(matrix.percent(link.score)) : '')})`,
      ),
    ),
  },
  { isLong: true, label: matrix.unresolved, value: list(row.unresolvedRefs.map(unresolvedInWords)) },
];

const humanFields = (row: ComplianceRow): Field[] => [
  { label: matrix.columns.status, value: matrix.status[row.status] },
  { label: matrix.columns.compliance, value: matrix.compliance[row.compliance] },
  { label: matrix.columns.owner, value: row.ownerId, isHuman: true },
  { label: matrix.reviewer, value: row.reviewerId },
  { label: matrix.due, value: row.dueAt && words.day(row.dueAt) },
  { label: matrix.responseShort, value: responseLocation(row), isHuman: true },
  { isLong: true, label: matrix.columns.notes, value: row.notes, isHuman: true },
  { isLong: true, label: matrix.question, value: row.clarificationQuestion },
  { isLong: true, label: matrix.naReason, value: row.naReason },
  { label: matrix.evidence, value: list(row.evidence) },
];

const amendmentFields = ({ amendment: { state, amendmentNo, previousText } }: ComplianceRow): Field[] =>
  state === 'unchanged'
    ? []
    : [
        {
          label: matrix.amended,
          value: joined(matrix.amendment[state], amendmentNo && matrix.amendmentNo(amendmentNo)),
        },
        { isLong: true, label: matrix.previously, value: previousText },
      ];

const verificationField = (row: ComplianceRow): Field => ({
  isLong: true,
  label: matrix.columns.verification,
  value: (
    <>
      <VerificationBadge row={row} />{' '}
      {joined(
        matrix.method[row.verification.method],
        row.verification.rejectReason && words.exclusion[row.verification.rejectReason],
        matrix.match[row.source.match],
        row.source.match === 'exact' ? '' : matrix.score(matrix.percent(row.source.matchScore)),
      )}
    </>
  ),
});

/** What is asked for, in full, and why it needs review when it does. */
export const RowText = ({ row, matcher }: { row: ComplianceRow; matcher: RegExp | null }) => {
  const reason = reviewReason(row);
  return (
    <div>
      <blockquote className={styles.text}>
        {row.leadIn && <span className={styles.leadIn}>{row.leadIn} </span>}
        <MarkedText text={row.requirementText} matcher={matcher} />
      </blockquote>
      {reason && <p className={styles.reason}>{matrix.needsReview(reason)}</p>}
    </div>
  );
};

/** All that is known of it: every field that has a value, and those that a person fills in. */
export const RowFields = ({ row, fileNames }: { row: ComplianceRow; fileNames: FileNames }) => {
  const fields = [
    ...sourceFields(row, fileNames),
    ...meaningFields(row),
    verificationField(row),
    ...linkFields(row, fileNames),
    ...amendmentFields(row),
    ...humanFields(row),
  ];
  return (
    <dl className={styles.fields}>
      {fields.map(({ label, value, isHuman, isLong }) =>
        value || isHuman ? (
          <div key={label} className={isLong ? styles.long : styles.short}>
            <dt>{label}</dt>
            <dd>{value || <span className={styles.none}>{matrix.none}</span>}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
};
