/** Outlook messages (.msg) to a tree. */
import type { ConvertInput, SourceTree } from '../source-tree.ts';
import { mailTree } from './mail-tree.ts';
import { readMsg } from './read-msg.ts';

/** As fromEml does, so that it does not matter how a message was saved. Throws FILE_DAMAGED. */
export const fromMsg = async ({ bytes, fileName }: ConvertInput): Promise<SourceTree> =>
  mailTree(readMsg(bytes, fileName), fileName);
