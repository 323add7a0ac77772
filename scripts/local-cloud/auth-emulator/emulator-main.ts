/** node emulator-main.ts PROJECT PORT [ACCOUNTS_FILE]: Google's Auth emulator on 127.0.0.1 until whoever started it is gone. */
import { createServer } from 'node:http';
import { whenStarterIsGone } from '../when-starter-is-gone.ts';
import { createAuthApp } from './firebase-tools-auth.ts';
import { readAccounts, writeAccounts } from './stored-accounts.ts';

/** Several requests make one sign-up; they are written once. */
const SETTLE_MS = 100;

const [projectId = '', port = '', accountsFile] = process.argv.slice(2);
const app = await createAuthApp(projectId, accountsFile === undefined ? [] : readAccounts(accountsFile));

let timer: NodeJS.Timeout | undefined;
const save = (): void => {
  clearTimeout(timer);
  timer = undefined;
  if (accountsFile !== undefined) writeAccounts(accountsFile, app.accounts());
};

const server = createServer((request, response) => {
  response.once('finish', () => {
    if (request.method !== 'GET' && request.method !== 'OPTIONS') timer ??= setTimeout(save, SETTLE_MS);
  });
  app.handle(request, response);
});
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('Listening\n'));

whenStarterIsGone(() => {
  if (timer) save();
  process.exit(0);
});
