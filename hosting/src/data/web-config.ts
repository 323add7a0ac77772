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

/** `code` as problemOf reads it. */
class SiteSilent extends Error {
  readonly code = 'unavailable';
}

/** @throws SiteSilent when the site does not answer, or answers no settings. */
export const readWebConfig = async (fetchFrom: typeof fetch = fetch): Promise<WebConfig> => {
  try {
    const answer = await fetchFrom('/__/firebase/init.json');
    if (!answer.ok) throw new Error(`The settings of the site were answered with ${answer.status}.`);
    return (await answer.json()) as WebConfig;
  } catch (thrown) {
    throw new SiteSilent('The site does not tell its settings.', { cause: thrown });
  }
};
