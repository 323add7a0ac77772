/** The document's title: what the file says, unless a program filled it in, else the heading that the text begins with. */
import type { Heading, Root } from 'mdast';

const BY_PROGRAM = /^(?:microsoft \w+ - |untitled|document\d*$|title$)|\.(?:docx?|xlsx?|pptx?|pdf|rtf|indd|html?)$/i;

const textOf = ({ children }: Heading): string =>
  children.map((child) => ('value' in child ? child.value : '')).join('');

export const titleOf = (metadata: Readonly<Record<string, string>>, root: Root): string | undefined => {
  const stated = metadata.title;
  if (stated !== undefined && !BY_PROGRAM.test(stated)) return stated;
  const [first] = root.children;
  return first?.type === 'heading' ? textOf(first) : undefined;
};
