import { type ComponentProps, createContext, memo, useContext, useDeferredValue, useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { TEXTS } from '../../texts/index.ts';
import styles from './markdown-segment.module.css';
import type { MarkdownNode } from './markdown-tree.ts';
import { changeSegment, type SegmentPlan } from './remark-segment.ts';

/** The id of the block that is shown; null: none. */
export const ShownBlock = createContext<string | null>(null);

const { viewer } = TEXTS;

type Properties<T extends keyof React.JSX.IntrinsicElements> = ComponentProps<T> & {
  node?: unknown;
  'data-block'?: string;
};

/** Focusable, and told apart when it is the one that is shown. */
const useBlock = (blockId: string | undefined) => {
  const shown = useContext(ShownBlock);
  if (blockId === undefined) return {};
  return { tabIndex: -1, ...(blockId === shown && { 'aria-current': true as const }) };
};

const Paragraph = ({ node: _, ...rest }: Properties<'p'>) => <p {...rest} {...useBlock(rest['data-block'])} />;
const Item = ({ node: _, ...rest }: Properties<'li'>) => <li {...rest} {...useBlock(rest['data-block'])} />;
const Cell = ({ node: _, ...rest }: Properties<'td'>) => <td {...rest} {...useBlock(rest['data-block'])} />;
const HeadCell = ({ node: _, ...rest }: Properties<'th'>) => {
  const block = useBlock(rest['data-block']);
  // An empty cell names no column.
  return rest.children ? <th scope="col" {...rest} {...block} /> : <td {...rest} {...block} />;
};
const Code = ({ node: _, ...rest }: Properties<'pre'>) => <pre {...rest} {...useBlock(rest['data-block'])} />;
const Note = ({ node: _, ...rest }: Properties<'div'>) => <div {...rest} {...useBlock(rest['data-block'])} />;

/** All of the same level: the levels of a document that is drawn in part would have gaps. */
const headingOf =
  (depth: number) =>
  ({ node: _, ...rest }: Properties<'h3'>) => <h3 {...rest} data-depth={depth} {...useBlock(rest['data-block'])} />;

const Table = ({ node: _, ...rest }: Properties<'table'>) => (
  // biome-ignore lint/a11y/useSemanticElements: It is no set of form fields.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: A box that scrolls has to be reached by the keyboard.
  <div className={styles.tableBox} role="group" aria-label={viewer.table} tabIndex={0}>
    <table {...rest} />
  </div>
);

const COMPONENTS: Components = {
  p: Paragraph,
  li: Item,
  td: Cell,
  th: HeadCell,
  pre: Code,
  div: Note,
  table: Table,
  h1: headingOf(1),
  h2: headingOf(2),
  h3: headingOf(3),
  h4: headingOf(4),
  h5: headingOf(5),
  h6: headingOf(6),
  input: ({ checked }) => <>{checked ? viewer.task.done : viewer.task.open}</>,
};

/** Nothing of a document becomes any other element, whatever the libraries make of it. */
const ALLOWED = [
  ...['p', 'li', 'ul', 'ol', 'td', 'th', 'tr', 'thead', 'tbody', 'table', 'pre', 'code', 'div', 'span', 'sup', 'mark'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'em', 'strong', 'del', 'br', 'hr', 'input'],
];

const noAddress = (): string => '';

const DrawnSegment = memo(({ plan }: { plan: SegmentPlan }) => {
  const plugins = useMemo(
    () => [remarkGfm, () => (tree: unknown) => changeSegment(tree as MarkdownNode, plan)],
    [plan],
  );
  const { segment, markdown } = plan;
  return (
    <div className={styles.segment}>
      <Markdown
        remarkPlugins={plugins}
        components={COMPONENTS}
        allowedElements={ALLOWED}
        unwrapDisallowed
        urlTransform={noAddress}
      >
        {segment.head + markdown.slice(segment.start, segment.end)}
      </Markdown>
    </div>
  );
});

/**
 * `height`: in pixels, while it is not drawn. A jump brings several segments into view: they are parsed and drawn one at a time, and
 * the page has its turn between them.
 */
export const MarkdownSegment = ({ plan, height }: { plan: SegmentPlan; height: number }) => {
  const isDrawn = useDeferredValue(true, false);
  return isDrawn ? <DrawnSegment plan={plan} /> : <div style={{ height }} />;
};
