import styles from './icon.module.css';

/** Paths on a 20 × 20 field, drawn with a line of the text's colour. */
const PATHS = {
  upload: 'M10 13V4m0 0L6.5 7.5M10 4l3.5 3.5M4 13v2.5a.5.5 0 0 0 .5.5h11a.5.5 0 0 0 .5-.5V13',
  document: 'M6 3h5.5L15 6.5V17H6zM11 3v4h4M8.5 10.5h4M8.5 13h4',
  table: 'M3.5 5h13v10.5h-13zM3.5 8.5h13M3.5 12h13M8 5v10.5',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  warning: 'M10 3.5 2.8 16h14.4zM10 8.5v3.2m0 2.2v.1',
  cross: 'm5.5 5.5 9 9m0-9-9 9',
  search: 'M9 14.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11zm4-1.5 4 4',
  download: 'M10 4v9m0 0 3.5-3.5M10 13 6.5 9.5M4 14v1.5a.5.5 0 0 0 .5.5h11a.5.5 0 0 0 .5-.5V14',
  bin: 'M4 6h12M8 6V4h4v2m-6.5 0 .7 10h7.6l.7-10M8.5 9v4.5m3-4.5v4.5',
  retry: 'M15.5 10a5.5 5.5 0 1 1-1.7-4M15.5 3.5V6.5h-3',
  back: 'M11.5 5 6.5 10l5 5',
  forward: 'm8.5 5 5 5-5 5',
  person: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm-5.5 6.5c.6-3 2.7-4.5 5.5-4.5s4.900 1.500 5.500 4.500',
  external: 'M8 5H5v10h10v-3M11 4h5v5m0-5-7 7',
  clock: 'M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zm0-11v4.200l2.800 1.800',
  filter: 'M4 5h12l-4.700 5.500V15l-2.600 1v-5.500z',
} as const;

export type IconName = keyof typeof PATHS;

/** Says nothing to a screen reader: the words beside it do. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg className={styles.icon} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
