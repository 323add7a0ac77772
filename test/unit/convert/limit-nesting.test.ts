import { expect, test } from '@jest/globals';
import type { BlockContent } from 'mdast';
import { limitNesting } from '../../../functions/src/convert/limit-nesting.ts';
import { toMarkdown } from '../../../functions/src/convert/to-markdown.ts';
import { sourceTree } from './tree-form.ts';

const quoted = (depth: number): BlockContent => {
  let node: BlockContent = { type: 'paragraph', children: [{ type: 'text', value: 'innermost' }] };
  for (let i = 0; i < depth; i++) node = { type: 'blockquote', children: [node] };
  return node;
};

test('What is nested thousands deep becomes plain text with a message, and can be written', () => {
  const tree = limitNesting(sourceTree([quoted(20_000)]));
  expect(toMarkdown(tree, 'd0').blocks.at(-1)?.text).toBe('innermost');
  expect(tree.messages.map(({ code }) => code)).toEqual(['NESTING_FLATTENED']);
});

test('Real nesting is left as it is', () => {
  const tree = sourceTree([quoted(20)]);
  expect(limitNesting(tree)).toBe(tree);
});
