/** An error as a gRPC service answers it. */
import { status } from '@grpc/grpc-js';

export type StatusName = keyof typeof status;

export class ServiceError extends Error {
  readonly code: status;

  constructor(name: StatusName, message: string) {
    super(message);
    this.name = 'ServiceError';
    this.code = status[name];
  }
}

export const invalidArgument = (message: string): ServiceError => new ServiceError('INVALID_ARGUMENT', message);
