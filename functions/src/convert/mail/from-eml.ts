/** Internet messages (.eml), and pages saved as messages (.mht), to a tree. */
import type { ConvertInput, SourceTree } from '../source-tree.ts';
import { mailTree, savedPageTree } from './mail-tree.ts';
import { isSavedPage, readEml } from './read-eml.ts';

/**
 * The subject is the title, then From, To, Cc and Date as the message states them, the body (its page, else its text), and a list of what is
 * attached. Throws FILE_DAMAGED, FILE_ENCRYPTED.
 */
export const fromEml = async ({ bytes, fileName }: ConvertInput): Promise<SourceTree> => {
  const message = await readEml(bytes, fileName);
  return isSavedPage(bytes, fileName) ? savedPageTree(message, fileName) : mailTree(message, fileName);
};
