/** What a reader of one kind of block hands back. */
import type { RootContent } from 'mdast';

export interface TextBlock {
  nodes: RootContent[];
  /** The first line after it. */
  end: number;
}
