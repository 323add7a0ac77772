/** `hosting` of firebase.json, as far as it is used: which rule matches a path, and which headers it gets. */
import { matchesGlob } from './glob.ts';

/** By a glob or by a regular expression: https://firebase.google.com/docs/hosting/full-config#headers */
type PathPattern = { source: string } | { regex: string };

type Rewrite = PathPattern & ({ run: { serviceId: string; region?: string } } | { destination: string });

export interface HostingConfig {
  public: string;
  ignore?: readonly string[];
  rewrites?: readonly Rewrite[];
  headers?: readonly (PathPattern & { headers: readonly { key: string; value: string }[] })[];
}

const matches = (pattern: PathPattern, path: string): boolean =>
  'source' in pattern ? matchesGlob(pattern.source, path) : new RegExp(pattern.regex, 'u').test(path);

/** The first that matches. `path` is decoded and begins with "/". */
export const rewriteOf = ({ rewrites = [] }: HostingConfig, path: string): Rewrite | undefined =>
  rewrites.find((rewrite) => matches(rewrite, path));

const POLICY = 'content-security-policy';

/** The policy with more origins to connect to; without a connect-src it stays as it is. */
const connectingTo = (origins: readonly string[], policy: string): string =>
  policy
    .split(';')
    .map((directive) => (/^\s*connect-src\s/.test(directive) ? [directive, ...origins].join(' ') : directive))
    .join(';');

/**
 * Headers of an answer to `path` by all rules that match; of two that set the same, the later one counts. Names in small letters.
 * `localOrigins`: where the page finds the emulators, which firebase.json does not know.
 */
export const headersOf = (
  { headers = [] }: HostingConfig,
  path: string,
  localOrigins: readonly string[],
): Record<string, string> => {
  const found = Object.fromEntries(
    headers
      .filter((rule) => matches(rule, path))
      .flatMap((rule) => rule.headers.map(({ key, value }) => [key.toLowerCase(), value])),
  );
  const policy = found[POLICY];
  return policy === undefined ? found : { ...found, [POLICY]: connectingTo(localOrigins, policy) };
};
