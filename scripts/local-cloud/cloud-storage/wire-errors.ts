/** Refusals as Cloud Storage words them: JSON for the JSON API, XML for signed URLs. */

interface Refusal {
  status: number;
  /** `errors[0].reason` of the JSON API. */
  reason: string;
  /** `<Code>` of the XML API. */
  xmlCode: string;
  message: string;
  details?: string;
  /** `<ParameterName>`: the header or query parameter at fault. */
  parameter?: string;
  location?: { type: 'header' | 'parameter'; name: string };
}

export class StorageError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export const noSuchBucket = (): StorageError =>
  new StorageError({
    status: 404,
    reason: 'notFound',
    xmlCode: 'NoSuchBucket',
    message: 'The specified bucket does not exist.',
  });

export const noSuchObject = (bucket: string, name: string): StorageError =>
  new StorageError({
    status: 404,
    reason: 'notFound',
    xmlCode: 'NoSuchKey',
    message: `No such object: ${bucket}/${name}`,
  });

export const preconditionFailed = (): StorageError =>
  new StorageError({
    status: 412,
    reason: 'conditionNotMet',
    xmlCode: 'PreconditionFailed',
    message: 'At least one of the pre-conditions you specified did not hold.',
    location: { type: 'header', name: 'If-Match' },
  });

export const invalidArgument = (message: string, details?: string): StorageError =>
  new StorageError({
    status: 400,
    reason: 'invalid',
    xmlCode: 'InvalidArgument',
    message,
    ...(details === undefined ? {} : { details }),
  });

export const notFoundPath = (): StorageError =>
  new StorageError({ status: 404, reason: 'notFound', xmlCode: 'NotFound', message: 'Not Found' });

export const tooLarge = (): StorageError =>
  new StorageError({
    status: 400,
    reason: 'uploadTooLarge',
    xmlCode: 'EntityTooLarge',
    message: 'Your proposed upload is larger than the maximum object size specified in your Policy Document.',
    details: 'Content-length exceeds upper bound on range',
  });

export const tooSmall = (): StorageError =>
  new StorageError({
    status: 400,
    reason: 'invalid',
    xmlCode: 'EntityTooSmall',
    message: 'Your proposed upload is smaller than the minimum object size specified in your Policy Document.',
    details: 'Content-length smaller than lower bound on range',
  });

/** The answer to a status that a test asked for: 429, 500, 503 … */
export const injectedFault = (status: number): StorageError => {
  const reason = status === 429 ? 'rateLimitExceeded' : 'backendError';
  return new StorageError({ status, reason, xmlCode: status === 429 ? 'SlowDown' : 'InternalError', message: reason });
};

export const jsonErrorBody = ({ refusal }: StorageError): string => {
  const place = refusal.location && { locationType: refusal.location.type, location: refusal.location.name };
  return JSON.stringify({
    error: {
      code: refusal.status,
      message: refusal.message,
      errors: [{ message: refusal.message, domain: 'global', reason: refusal.reason, ...place }],
    },
  });
};

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export const xmlErrorBody = ({ refusal }: StorageError): string => {
  const element = (name: string, text: string | undefined) =>
    text === undefined ? '' : `<${name}>${escapeXml(text)}</${name}>`;
  return `<?xml version='1.0' encoding='UTF-8'?><Error>${element('Code', refusal.xmlCode)}${element('Message', refusal.message)}${element('ParameterName', refusal.parameter)}${element('Details', refusal.details)}</Error>`;
};
