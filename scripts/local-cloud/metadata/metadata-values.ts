/** What a Cloud Run instance finds below /computeMetadata/v1. */
import type { HttpReply, HttpRequest } from '../http-server.ts';
import type { LocalIdentity } from '../identity.ts';
import type { AccessTokens } from './access-tokens.ts';

const ROOT = '/computeMetadata/v1/';
const FLAVOR = { 'metadata-flavor': 'Google', server: 'Metadata Server for VM' };

export interface MetadataSource {
  projectId: string;
  projectNumber: string;
  region: string;
  email: string;
  identity: LocalIdentity;
  tokens: AccessTokens;
  now: () => Date;
}

const text = (body: string, status = 200): HttpReply => ({
  status,
  headers: { ...FLAVOR, 'content-type': 'application/text' },
  body,
});

const json = (value: unknown): HttpReply => ({
  status: 200,
  headers: { ...FLAVOR, 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

const accountValue = (source: MetadataSource, key: string, query: URLSearchParams): HttpReply | null => {
  switch (key) {
    case '':
      return json({ aliases: ['default'], email: source.email, scopes: [SCOPE] });
    case 'aliases':
      return text('default');
    case 'email':
      return text(source.email);
    case 'scopes':
      return text(SCOPE);
    case 'token': {
      const { token, expiresInSeconds } = source.tokens.current();
      return json({ access_token: token, expires_in: expiresInSeconds, token_type: 'Bearer' });
    }
    case 'identity': {
      const audience = query.get('audience');
      if (!audience) return text('non-empty audience parameter required', 400);
      return text(source.identity.mintIdToken({ audience, email: source.email, now: source.now() }));
    }
    default:
      return null;
  }
};

const plainValue = (source: MetadataSource, key: string): string | undefined =>
  new Map([
    ['project/project-id', source.projectId],
    ['project/numeric-project-id', source.projectNumber],
    ['instance/', 'id\nregion\nservice-accounts/\nzone\n'],
    ['instance/id', '00local'],
    ['instance/region', `projects/${source.projectNumber}/regions/${source.region}`],
    ['instance/zone', `projects/${source.projectNumber}/zones/${source.region}-1`],
    ['instance/service-accounts/', `default/\n${source.email}/\n`],
    ['universe/universe-domain', 'googleapis.com'],
    ['universe/universe_domain', 'googleapis.com'],
  ]).get(key);

/** Null for addresses that are not the metadata server's. */
export const metadataReply = (source: MetadataSource, request: HttpRequest): HttpReply | null => {
  if (!request.path.startsWith(ROOT) && `${request.path}/` !== ROOT) return null;
  if (request.headers['metadata-flavor'] !== 'Google') return text('Missing Metadata-Flavor:Google header.', 403);
  if (request.headers['x-forwarded-for']) return text('Forwarded requests are refused.', 403);
  if (request.method !== 'GET') return text('Method not allowed.', 405);
  const key = decodeURIComponent(request.path.slice(ROOT.length));
  const account = /^instance\/service-accounts\/([^/]+)\/(.*)$/.exec(key);
  if (account && (account[1] === 'default' || account[1] === source.email)) {
    return accountValue(source, account[2] ?? '', request.query) ?? text('Not found.', 404);
  }
  const value = plainValue(source, key) ?? plainValue(source, `${key}/`);
  return value === undefined ? text('Not found.', 404) : text(value);
};
