/** Real Application Default Credentials against the metadata stand-in, for the length of a test file. */
import type { LocalIdentity } from '../../scripts/local-cloud/identity.ts';
import { createMetadataServer, type MetadataServer } from '../../scripts/local-cloud/metadata/index.ts';

export interface GoogleEnvironment {
  metadata: MetadataServer;
  close(): Promise<void>;
}

export const startGoogleEnvironment = async (
  projectId: string,
  identity: LocalIdentity,
): Promise<GoogleEnvironment> => {
  const metadata = await createMetadataServer({ projectId, identity });
  const settings: Record<string, string | undefined> = {
    GCE_METADATA_HOST: metadata.host,
    METADATA_SERVER_DETECTION: 'assume-present',
    GOOGLE_APPLICATION_CREDENTIALS: undefined,
    // Where a developer's own credentials would be found first.
    HOME: '/nonexistent',
  };
  const before = Object.fromEntries(Object.keys(settings).map((name) => [name, process.env[name]]));
  const apply = (values: Record<string, string | undefined>): void => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  apply(settings);
  return {
    metadata,
    close: async () => {
      apply(before);
      await metadata.close();
    },
  };
};
