/** Every text of the page, once; a file per view. */
import { account } from './account.ts';
import { document } from './document.ts';
import { documents } from './documents.ts';
import { exportMenu } from './exports.ts';
import { matrix } from './matrix.ts';
import { problems } from './problems.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';
import { shell } from './shell.ts';
import { start } from './start.ts';
import { uploads } from './uploads.ts';
import { viewer } from './viewer.ts';
import { words } from './words.ts';

export const TEXTS = {
  shell,
  problems,
  words,
  start,
  uploads,
  documents,
  document,
  viewer,
  runs,
  run,
  matrix,
  exportMenu,
  account,
} as const;
