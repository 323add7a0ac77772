/** The views that are loaded on their own, when they are opened or shortly before. */
export const loadView = {
  documents: () => import('./documents/documents-view.tsx'),
  document: () => import('./document/document-view.tsx'),
  runs: () => import('./runs/runs-view.tsx'),
  run: () => import('./run/run-view.tsx'),
  matrix: () => import('./matrix/matrix-view.tsx'),
  account: () => import('./account/account-view.tsx'),
} as const;

/** Whoever works here opens more than one of them, and perhaps where there is no network. One that does not come is loaded when it is opened. */
export const loadAllViews = async (): Promise<void> => {
  await Promise.allSettled(Object.values(loadView).map((load) => load()));
};
