import { readFileSync } from 'node:fs';

/** That of package.json. */
export const version = (): string => {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
};
