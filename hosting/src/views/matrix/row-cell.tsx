import type { ReactNode } from 'react';
import { Badge, type Tone } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import type { MatrixRow } from '../../data/rows.ts';
import { TEXTS } from '../../texts/index.ts';
import type { ColumnName } from './columns.ts';
import {
  type FileNames,
  linkName,
  modalOf,
  orderedLinks,
  responseLocation,
  unresolvedInWords,
} from './describe-row.ts';
import { MarkedText } from './marked-text.tsx';
import styles from './matrix-table.module.css';
import { excerpt } from './search-words.ts';

const { matrix, words } = TEXTS;

type Row = MatrixRow['row'];

const VERIFICATION_TONE: Readonly<Record<Row['verification']['status'], Tone>> = {
  machine_verified: 'good',
  needs_review: 'warn',
  human_verified: 'good',
  rejected: 'bad',
};

const OBLIGATION_CLASS: Readonly<Record<Row['obligation'], string | undefined>> = {
  mandatory: styles.strong,
  prohibited: styles.strong,
  conditional: styles.strong,
  desired: undefined,
  permitted: undefined,
  informational: styles.second,
};

export const VerificationBadge = ({ row }: { row: Row }) => (
  <Badge tone={VERIFICATION_TONE[row.verification.status]}>{words.verification[row.verification.status]}</Badge>
);

/** Quiet where there is nothing (yet). */
const orDash = (value: string | undefined): ReactNode =>
  value ? (
    value
  ) : (
    <>
      <span className={styles.dash} aria-hidden="true">
        {matrix.none}
      </span>
      <span className="visually-hidden">{matrix.noneRead}</span>
    </>
  );

const Two = ({ first, second }: { first: ReactNode; second: string }) => (
  <>
    <span className={styles.first}>{first}</span>
    {second && <span className={styles.second}>{second}</span>}
  </>
);

const Links = ({ row, fileNames }: { row: Row; fileNames: FileNames }) => {
  const links = orderedLinks(row.links);
  const [link] = links;
  const [unresolved] = row.unresolvedRefs;
  if (link === undefined && unresolved === undefined) return orDash(undefined);
  if (link === undefined && unresolved) {
    return (
      <span className={styles.unresolved} title={unresolvedInWords(unresolved)}>
        <Icon name="warning" />
        <span className={styles.cut}>{unresolved.text}</span>
      </span>
    );
  }
  const name = link ? linkName(link, fileNames) : '';
  const type = link ? matrix.linkType[link.toType] : '';
  return (
    <span title={links.map((each) => linkName(each, fileNames)).join('\n')}>
      <span className={styles.oneLine}>{name}</span>
      <span className={styles.second}>{links.length > 1 ? `${type} ${matrix.more(links.length - 1)}` : type}</span>
    </span>
  );
};

export const Requirement = ({ row, matcher }: { row: Row; matcher: RegExp | null }) => (
  <>
    {row.leadIn && <span className={styles.leadIn}>{row.leadIn} </span>}
    <MarkedText text={excerpt(row.requirementText, matcher)} matcher={matcher} />
  </>
);

interface Content {
  row: Row;
  matcher: RegExp | null;
  fileNames: FileNames;
}

const CONTENT: Readonly<Record<Exclude<ColumnName, 'id' | 'requirement'>, (content: Content) => ReactNode>> = {
  section: ({ row: { source }, matcher }) => (
    <Two
      first={source.sectionRef === '' ? orDash('') : <MarkedText text={source.sectionRef} matcher={matcher} />}
      second={matrix.sectionShort[source.functionalRole]}
    />
  ),
  page: ({ row: { source } }) => <span className={styles.number}>{orDash(source.pageNumber?.toString())}</span>,
  obligation: ({ row }) => (
    <Two
      first={<span className={OBLIGATION_CLASS[row.obligation]}>{words.obligation[row.obligation]}</span>}
      second={modalOf(row)}
    />
  ),
  actor: ({ row }) => words.actor[row.actor],
  kind: ({ row }) => words.rowKind[row.kind],
  links: ({ row, fileNames }) => <Links row={row} fileNames={fileNames} />,
  verification: ({ row }) => <VerificationBadge row={row} />,
  status: ({ row }) => <span className={styles.dash}>{matrix.status[row.status]}</span>,
  document: ({ row, fileNames }) => (
    <span className={styles.lines} title={fileNames.get(row.source.documentId)}>
      {orDash(fileNames.get(row.source.documentId))}
    </span>
  ),
  owner: ({ row }) => orDash(row.ownerId),
  response: ({ row }) => orDash(responseLocation(row)),
  compliance: ({ row }) => <span className={styles.dash}>{matrix.compliance[row.compliance]}</span>,
  risk: ({ row }) => matrix.risk[row.risk],
  notes: ({ row }) => <span className={styles.lines}>{orDash(row.notes)}</span>,
};

export const CellContent = ({ name, ...content }: Content & { name: keyof typeof CONTENT }) => CONTENT[name](content);
