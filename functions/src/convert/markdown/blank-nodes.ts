import type { RootContent } from 'mdast';
import { cleanText, collectRuns } from './inline-runs.ts';

/** Whether nothing would be written for a node. */
export const isBlank = (node: RootContent): boolean => {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return collectRuns(node.children).length === 0;
    case 'html':
      return cleanText(node.value).trim() === '';
    case 'list':
    case 'table':
      return node.children.length === 0;
    case 'blockquote':
      return node.children.every(isBlank);
    case 'definition':
    case 'yaml':
      return true;
    default:
      return false;
  }
};
