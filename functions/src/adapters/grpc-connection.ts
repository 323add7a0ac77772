/** How Google's gRPC clients reach a stand-in: by its own address, without TLS and without credentials. */
import type { ChannelCredentials } from '@grpc/grpc-js';

interface GrpcConnection {
  apiEndpoint: string;
  port: number;
  sslCreds: ChannelCredentials;
}

/** `endpoint`: "127.0.0.1:9050". The library is loaded when the connection is asked for. */
export const createGrpcConnection = (endpoint: string): (() => Promise<GrpcConnection>) => {
  const [, apiEndpoint = '', port = ''] = /^(.+):(\d+)$/.exec(endpoint) ?? [];
  return async () => {
    const { credentials } = await import('@grpc/grpc-js');
    return { apiEndpoint, port: Number(port), sslCreds: credentials.createInsecure() };
  };
};
