import type { RefObject } from 'react';
import { Icon } from '../../components/icon.tsx';
import { TEXTS } from '../../texts/index.ts';
import { CHOOSABLE_COLUMNS, type ColumnName, toggleColumn } from './columns.ts';
import type { FileNames } from './describe-row.ts';
import styles from './filter-bar.module.css';
import type { FacetCounts } from './filter-rows.ts';
import { FACET_NAMES, FACETS, type Facet, type Filters, isFiltered, NO_FILTERS, toggle } from './filters.ts';
import { MenuChoice, PopupMenu } from './popup-menu.tsx';
import { SearchField } from './search-field.tsx';

const { matrix, words } = TEXTS;

const OPTION_NAMES: Readonly<Record<Facet, Readonly<Record<string, string>>>> = {
  section: words.section,
  obligation: words.obligation,
  actor: words.actor,
  verification: words.verification,
};

interface Narrowing {
  filters: Filters;
  setFilters: (filters: Filters, how?: { replace: boolean }) => void;
}

const FacetMenu = ({ facet, filters, setFilters, counts }: Narrowing & { facet: Facet; counts: FacetCounts }) => {
  const chosen = filters[facet];
  const name = matrix.facets[facet];
  // What no row has is offered only to be taken back.
  const offered = FACETS[facet].filter((value) => (counts[facet][value] ?? 0) > 0 || chosen.includes(value));
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
            toggle={() => setFilters(toggle(filters, facet, value))}
            count={words.count(counts[facet][value] ?? 0)}
          >
            {OPTION_NAMES[facet][value]}
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

const chipsOf = (filters: Filters, fileNames: FileNames): Chip[] => {
  const chips: Chip[] = FACET_NAMES.flatMap((facet) =>
    filters[facet].map((value) => ({
      key: `${facet}:${value}`,
      text: OPTION_NAMES[facet][value] ?? value,
      without: toggle(filters, facet, value),
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

const Chips = ({ filters, setFilters, fileNames }: Narrowing & { fileNames: FileNames }) => (
  <ul className={styles.chips} aria-label={matrix.chosen}>
    {chipsOf(filters, fileNames).map(({ key, text, without }) => (
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
  filters,
  setFilters,
  counts,
  fileNames,
  told,
  columns,
  setColumns,
  field,
}: Narrowing & {
  counts: FacetCounts;
  fileNames: FileNames;
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
        value={filters.search}
        change={(search) => setFilters({ ...filters, search }, { replace: true })}
        field={field}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: Each menu has a fieldset of its own. */}
      <div className={styles.menus} role="group" aria-label={matrix.filters}>
        {FACET_NAMES.map((facet) => (
          <FacetMenu key={facet} facet={facet} filters={filters} setFilters={setFilters} counts={counts} />
        ))}
      </div>
      <p className={styles.told} role="status">
        {told}
      </p>
      {columns && <ColumnsMenu columns={columns} setColumns={setColumns} />}
    </div>
    {isFiltered(filters) && <Chips filters={filters} setFilters={setFilters} fileNames={fileNames} />}
  </search>
);
