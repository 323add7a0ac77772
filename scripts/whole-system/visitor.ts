/** An anonymous visitor of the Auth emulator, the same one after a restart: what it has uploaded stays its own. */
import { readFileSync, writeFileSync } from 'node:fs';

interface Tokens {
  idToken: string;
  refreshToken: string;
  expiresAtMs: number;
}

export interface Visitor {
  /** An ID token that is good for a minute more at least. */
  token(): Promise<string>;
  /** False: this visitor was here before. */
  isNew: boolean;
}

/** The emulator takes any key. */
const KEY = 'local';
const MARGIN_MS = 60_000;

const post = async (url: string, headers: Record<string, string>, body: string): Promise<Record<string, string>> => {
  const answer = await fetch(url, { method: 'POST', headers, body });
  const value = (await answer.json()) as Record<string, string>;
  if (!answer.ok) throw new Error(`The Auth emulator answered ${answer.status}: ${JSON.stringify(value)}`);
  return value;
};

const tokensOf = (idToken = '', refreshToken = '', expiresInSeconds = '0'): Tokens => ({
  idToken,
  refreshToken,
  expiresAtMs: Date.now() + Number(expiresInSeconds) * 1000,
});

/** https://firebase.google.com/docs/reference/rest/auth#section-sign-in-anonymously */
const signUp = async (authHost: string): Promise<Tokens> => {
  const url = `http://${authHost}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=${KEY}`;
  const answer = await post(url, { 'content-type': 'application/json' }, '{"returnSecureToken":true}');
  return tokensOf(answer.idToken, answer.refreshToken, answer.expiresIn);
};

/** https://firebase.google.com/docs/reference/rest/auth#section-refresh-token */
const refresh = async (authHost: string, refreshToken: string): Promise<Tokens> => {
  const url = `http://${authHost}/securetoken.googleapis.com/v1/token?key=${KEY}`;
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const answer = await post(url, { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
  return tokensOf(answer.id_token, answer.refresh_token, answer.expires_in);
};

const readKept = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** `path`: where the visitor is remembered. Whoever can read it is this visitor. */
export const signInVisitor = async (authHost: string, path: string): Promise<Visitor> => {
  const kept = readKept(path);
  // A visitor that the emulator does not know any more (its data was deleted) begins anew.
  const known = kept === null ? null : await refresh(authHost, kept).catch(() => null);
  let tokens = known ?? (await signUp(authHost));
  writeFileSync(path, tokens.refreshToken, { mode: 0o600 });
  return {
    isNew: known === null,
    async token() {
      if (tokens.expiresAtMs - MARGIN_MS < Date.now()) tokens = await refresh(authHost, tokens.refreshToken);
      return tokens.idToken;
    },
  };
};
