/** Firebase's settings of this site, as Hosting answers them: one build serves every project. */

interface Emulator {
  host: string;
  port: number;
}

/** https://firebase.google.com/docs/hosting/reserved-urls */
export interface WebConfig {
  projectId: string;
  appId: string;
  apiKey: string;
  authDomain: string;
  /** Only from a local host. */
  firebaseEmulators?: { auth: Emulator; firestore: Emulator };
}

/** @throws Error when the site does not answer, or answers no settings. */
export const readWebConfig = async (fetchFrom: typeof fetch = fetch): Promise<WebConfig> => {
  const answer = await fetchFrom('/__/firebase/init.json');
  if (!answer.ok) throw new Error(`The settings of the site were answered with ${answer.status}.`);
  return (await answer.json()) as WebConfig;
};
