/** Of a failure, as the service tells them beside its message. */
type Details = Readonly<Record<string, string | number | boolean | null>>;

/** In the place of the service's own message, where that speaks to whoever runs it. */
const ofReason: Readonly<Record<string, (details: Details) => string>> = {
  FILE_TOO_LARGE: ({ fileName, sizeMb, format, limitMb }) =>
    `${fileName} is ${sizeMb} MB; of ${format}, files of up to ${limitMb} MB are taken. Split it and upload the parts together.`,
  TOO_MANY_CHUNKS: () =>
    'The package is too long for one analysis. Analyse its documents in smaller groups, or split the longest one.',
};

export const problems = {
  ofReason,
  noAnswer: 'mdraft does not answer. Check your network; nothing that you uploaded is lost.',
  broken: 'Something went wrong on our side. Try again; if it stays, tell us the reference below.',
  notHere: 'This does not exist, was deleted, or belongs to somebody else.',
  signedOut: 'Sign in to see this, or start with a document of your own.',
  again: 'Try again',
  againIn: (seconds: number) => `Try again in ${seconds} s`,
  reference: (reason: string) => `Reference: ${reason}`,
  titles: {
    offline: 'No connection',
    signedOut: 'Nobody is signed in',
    notHere: 'Nothing here',
    notPermitted: 'Not permitted',
    busy: 'One moment',
    refused: 'That did not work',
    broken: 'Our fault',
  },
  toStart: 'To the start page',
  toDocuments: 'To your documents',
} as const;
