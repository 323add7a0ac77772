import type { RefObject } from 'react';
import { Icon } from '../../components/icon.tsx';
import { TEXTS } from '../../texts/index.ts';
import { CHOOSABLE_COLUMNS, type ColumnName, toggleColumn } from './columns.ts';
import type { FileNames } from './describe-row.ts';
import styles from './filter-bar.module.css';
import type { FacetCounts } from './filter-rows.ts';
import { FACET_NAMES, type Facet, type FacetValues, type Filters, isFiltered, NO_FILTERS, toggle } from './filters.ts';
import { MenuChoice, PopupMenu } from './popup-menu.tsx';
import { SearchField } from './search-field.tsx';

const { matrix, words } = TEXTS;

const OPTION_NAMES: Readonly<Record<Exclude<Facet, 'document'>, Readonly<Record<string, string>>>> = {
  section: words.section,
  obligation: words.obligation,
  actor: words.actor,
  kind: words.rowKind,
  verification: words.verification,
};

const optionName = (facet: Facet, value: string, fileNames: FileNames): string =>
  (facet === 'document' ? fileNames.get(value) : OPTION_NAMES[facet][value]) ?? value;

interface Narrowing {
  filters: Filters;
  /** What each filter offers. */
  values: FacetValues;
  fileNames: FileNames;
  setFilters: (filters: Filters, how?: { replace: boolean }) => void;
}

const FacetMenu = ({
  facet,
  filters,
  values,
  setFilters,
  fileNames,
  counts,
}: Narrowing & { facet: Facet; counts: FacetCounts }) => {
  const chosen = filters[facet];
  const name = matrix.facets[facet];
  // What no row has is offered only to be taken back.
  const offered = values[facet].filter((value) => (counts[facet][value] ?? 0) > 0 || chosen.includes(value));
  return (
    <PopupMenu
      label={chosen.length > 0 ? `${name} ${words.count(chosen.length)}` : name}
      name={chosen.length > 0 ? matrix.filterCount(name, chosen.length) : name}
      isChosen={chosen.length > 0}
    >
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{name}</legend>
        {offered.length === 0 && <p className={styles.nothing}>{matrix.noChoice}</p>}
        {offered.map((value) => (
          <MenuChoice
            key={value}
            isChecked={chosen.includes(value)}
            toggle={() => setFilters(toggle(filters, facet, value, values))}
            count={words.count(counts[facet][value] ?? 0)}
          >
            {optionName(facet, value, fileNames)}
          </MenuChoice>
        ))}
      </fieldset>
    </PopupMenu>
  );
};

const ColumnsMenu = ({
  columns,
  setColumns,
}: {
  columns: readonly ColumnName[];
  setColumns: (columns: readonly ColumnName[] | null) => void;
}) => (
  <PopupMenu label={matrix.columnsMenu} isAtEnd>
    <fieldset className={styles.choices}>
      <legend className="visually-hidden">{matrix.columnsHint}</legend>
      {CHOOSABLE_COLUMNS.map((name) => (
        <MenuChoice
          key={name}
          isChecked={columns.includes(name)}
          toggle={() => setColumns(toggleColumn(columns, name))}
        >
          {matrix.columns[name]}
        </MenuChoice>
      ))}
    </fieldset>
    <button type="button" className={styles.fit} onClick={() => setColumns(null)}>
      {matrix.columnsAsFit}
    </button>
  </PopupMenu>
);

interface Chip {
  key: string;
  text: string;
  without: Filters;
}

const chipsOf = ({ filters, values, fileNames }: Omit<Narrowing, 'setFilters'>): Chip[] => {
  const chips: Chip[] = FACET_NAMES.flatMap((facet) =>
    filters[facet].map((value) => ({
      key: `${facet}:${value}`,
      text: optionName(facet, value, fileNames),
      without: toggle(filters, facet, value, values),
    })),
  );
  const { page, search } = filters;
  if (page) {
    const fileName = fileNames.get(page.documentId);
    const text = fileName ? matrix.onPageOf(page.pageNumber, fileName) : matrix.onPage(page.pageNumber);
    chips.unshift({ key: 'page', text, without: { ...filters, page: null } });
  }
  if (search.trim() !== '') {
    chips.unshift({ key: 'search', text: matrix.searched(search.trim()), without: { ...filters, search: '' } });
  }
  return chips;
};

const Chips = ({ setFilters, ...narrowing }: Narrowing) => (
  <ul className={styles.chips} aria-label={matrix.chosen}>
    {chipsOf(narrowing).map(({ key, text, without }) => (
      <li key={key}>
        <button
          type="button"
          className={styles.chip}
          aria-label={matrix.remove(text)}
          onClick={() => setFilters(without)}
        >
          <span className={styles.chipText}>{text}</span>
          <Icon name="cross" />
        </button>
      </li>
    ))}
    <li>
      <button type="button" className={styles.clear} onClick={() => setFilters(NO_FILTERS)}>
        {matrix.clearAll}
      </button>
    </li>
  </ul>
);

/** Search, filters and columns in one line; what is active below it. Every change goes into the address. */
export const FilterBar = ({
  counts,
  told,
  columns,
  setColumns,
  field,
  ...narrowing
}: Narrowing & {
  counts: FacetCounts;
  /** How many rows there are, and whether more come. */
  told: string;
  /** Null: there are none to choose from. */
  columns: readonly ColumnName[] | null;
  setColumns: (columns: readonly ColumnName[] | null) => void;
  field: RefObject<HTMLInputElement | null>;
}) => (
  <search className={styles.bar}>
    <div className={styles.line}>
      <SearchField
        value={narrowing.filters.search}
        change={(search) => narrowing.setFilters({ ...narrowing.filters, search }, { replace: true })}
        field={field}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: Each menu has a fieldset of its own. */}
      <div className={styles.menus} role="group" aria-label={matrix.filters}>
        {FACET_NAMES.filter((facet) => narrowing.values[facet].length > 0).map((facet) => (
          <FacetMenu key={facet} facet={facet} counts={counts} {...narrowing} />
        ))}
      </div>
      <p className={styles.told} role="status">
        {told}
      </p>
      {columns && <ColumnsMenu columns={columns} setColumns={setColumns} />}
    </div>
    {isFiltered(narrowing.filters) && <Chips {...narrowing} />}
  </search>
);
