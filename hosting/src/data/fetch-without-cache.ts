/**
 * From here on no answer to the page's script is kept in the browser's cache, on whose disk it would outlast signing out. The page
 * says so with each of its own requests; Firestore's SDK leaves it to the server.
 */
export const fetchWithoutCache = (): void => {
  const usual = globalThis.fetch;
  globalThis.fetch = (input, init) => usual(input, { ...init, cache: 'no-store' });
};
