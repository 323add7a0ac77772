/** Everything that a site keeps in a browser, as its own page can read it. */
import type { Page } from 'playwright-core';

/** Runs in the page. */
const readAll = async (): Promise<string> => {
  const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const readDatabase = async (name: string): Promise<unknown> => {
    const database = await answerOf(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    const kept = stores.map(async (store) => {
      const opened = database.transaction(store).objectStore(store);
      return { store, keys: await answerOf(opened.getAllKeys()), values: await answerOf(opened.getAll()) };
    });
    const told = { name, stores: await Promise.all(kept) };
    database.close();
    return told;
  };
  const readCache = async (name: string): Promise<unknown> => {
    const cache = await caches.open(name);
    const answers = (await cache.matchAll()).map((answer) => answer.text());
    return { name, requests: (await cache.keys()).map(({ url }) => url), answers: await Promise.all(answers) };
  };
  return JSON.stringify({
    localStorage: { ...localStorage },
    sessionStorage: { ...sessionStorage },
    cookies: document.cookie,
    databases: await Promise.all((await indexedDB.databases()).map(({ name = '' }) => readDatabase(name))),
    caches: await Promise.all((await caches.keys()).map(readCache)),
    title: document.title,
    history: history.state,
  });
};

/** As JSON, with cookies that scripts do not see. */
export const readStorage = async (page: Page): Promise<string> =>
  (await page.evaluate(readAll)) + JSON.stringify(await page.context().cookies());

/** @throws Error when it is not there. */
export const firstMatch = (text: string, pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`Not in the storage of the browser: ${pattern.source}.`);
  return found;
};
