/** How a gRPC client of Google's reaches a stand-in: no TLS, and no search for credentials. */
import { type ChannelCredentials, credentials } from '@grpc/grpc-js';

export const plaintextConnection = (
  port: number,
): { apiEndpoint: string; port: number; sslCreds: ChannelCredentials } => {
  process.env.METADATA_SERVER_DETECTION = 'none';
  return { apiEndpoint: '127.0.0.1', port, sslCreds: credentials.createInsecure() };
};
