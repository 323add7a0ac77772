import { memo } from 'react';
import type { MatrixRow } from '../../data/rows.ts';
import { TEXTS } from '../../texts/index.ts';
import type { ColumnName } from './columns.ts';
import type { FileNames } from './describe-row.ts';
import { MarkedText } from './marked-text.tsx';
import styles from './matrix-table.module.css';
import { CellContent, Requirement, VerificationBadge } from './row-cell.tsx';

const { matrix, words } = TEXTS;

export interface TableRowProps {
  item: MatrixRow;
  /** Among the rows that are shown, from 0. */
  index: number;
  /** From the top of the body, and the height, in pixels. */
  top: number;
  height: number;
  columns: readonly ColumnName[];
  isCard: boolean;
  /** The one that the Tab key reaches. */
  isActive: boolean;
  /** Its source is shown. */
  isOpen: boolean;
  href: string;
  matcher: RegExp | null;
  fileNames: FileNames;
}

const OpenLink = ({ item: { row }, isActive, href, matcher, describedBy }: TableRowProps & { describedBy: string }) => (
  <a
    className={styles.open}
    href={href}
    tabIndex={isActive ? 0 : -1}
    aria-label={matrix.open(row.displayId)}
    aria-describedby={describedBy}
  >
    <MarkedText text={row.displayId} matcher={matcher} />
  </a>
);

const Card = (props: TableRowProps & { describedBy: string }) => {
  const { row } = props.item;
  const { pageNumber, sectionRef } = row.source;
  return (
    <>
      {/* biome-ignore-start lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: Cells of a virtualised grid; its rows are reached by their links. */}
      <span role="gridcell" className={styles.cardHead}>
        <OpenLink {...props} />
        <span className={styles.second}>
          {[sectionRef, pageNumber === undefined ? '' : matrix.pageShort(pageNumber)].filter(Boolean).join(' · ')}
        </span>
        <VerificationBadge row={row} />
      </span>
      <span role="gridcell" className={styles.cardText} id={props.describedBy}>
        <Requirement row={row} matcher={props.matcher} />
      </span>
      <span role="gridcell" className={styles.cardFoot}>
        {[words.obligation[row.obligation], words.actor[row.actor], words.rowKind[row.kind]].join(' · ')}
      </span>
      {/* biome-ignore-end lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above */}
    </>
  );
};

const Cells = (props: TableRowProps & { describedBy: string }) => {
  const { item, columns, matcher, fileNames, describedBy } = props;
  return columns.map((name) => {
    if (name === 'id') {
      return (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: As above.
        <span key={name} role="gridcell" className={styles.cell}>
          <OpenLink {...props} />
        </span>
      );
    }
    return (
      // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: As above.
      <span key={name} role="gridcell" className={styles.cell} id={name === 'requirement' ? describedBy : undefined}>
        {name === 'requirement' ? (
          <span className={styles.requirement}>
            <Requirement row={item.row} matcher={matcher} />
          </span>
        ) : (
          <CellContent name={name} row={item.row} matcher={matcher} fileNames={fileNames} />
        )}
      </span>
    );
  });
};

/** Drawn again only when something of its own changes: scrolling moves no row, it only adds and takes away some. */
export const TableRow = memo((props: TableRowProps) => {
  const { item, index, top, height, isCard, isOpen } = props;
  const describedBy = `requirement-${item.row.rowId}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: As above.
    <div
      role="row"
      className={isCard ? styles.card : styles.row}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      data-row={item.row.rowId}
      data-index={index}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {isCard ? <Card {...props} describedBy={describedBy} /> : <Cells {...props} describedBy={describedBy} />}
    </div>
  );
});
TableRow.displayName = 'TableRow';
