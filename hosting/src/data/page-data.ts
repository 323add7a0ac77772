/** All that the views get their data from, put together once. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { type Client, createClient } from '../../../functions/src/contracts/client.ts';
import { type AccountData, createAccount } from './account.ts';
import { createDocumentFiles, type DocumentFiles } from './document-files.ts';
import { createLive, type LiveData } from './live.ts';
import { createSession, type SessionData } from './session.ts';
import { hashFile } from './uploads/hash-file.ts';
import { keepOverReload } from './uploads/kept-packages.ts';
import { guardAgainstLeaving } from './uploads/leave-guard.ts';
import { waitInBrowser } from './uploads/patience.ts';
import { sendByXhr } from './uploads/transport.ts';
import { createUploads } from './uploads/uploads.ts';
import type { UploadsData } from './uploads/uploads-data.ts';

export interface PageData extends SessionData {
  api: Client;
  account: AccountData;
  live: LiveData;
  documentFiles: DocumentFiles;
  uploads: UploadsData;
}

export const createPageData = (): PageData => {
  const session = createSession();
  const api = createClient({
    baseUrl: '',
    // What is asked for is a customer's: none of it may stay in the browser's cache.
    fetch: (url, init) => fetch(url, { ...init, cache: 'no-store' }),
    token: session.token,
  });
  const account = createAccount(api, session.session);
  const live = createLive(session);
  const uploads = createUploads({
    api,
    account,
    live,
    ensureSomebody: session.ensureSomebody,
    hash: hashFile,
    transport: sendByXhr,
    wait: waitInBrowser,
    newKey: () => bytesToHex(crypto.getRandomValues(new Uint8Array(16))),
    now: Date.now,
  });
  keepOverReload({ ...uploads, session: session.session, storage: () => localStorage, now: Date.now });
  guardAgainstLeaving(uploads.packages, window);
  const documentFiles = createDocumentFiles({ api, session: session.session });
  return { ...session, api, account, live, documentFiles, uploads };
};
