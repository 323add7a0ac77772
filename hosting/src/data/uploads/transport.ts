/** How bytes get to Cloud Storage. By XMLHttpRequest: fetch does not tell how much of a body has been sent. */

export interface TransportRequest {
  method: 'PUT' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Null: nothing. */
  body: Blob | null;
  signal: AbortSignal;
  /** Bytes of the body sent so far. */
  tell?: (sentBytes: number) => void;
}

export interface TransportAnswer {
  status: number;
  /** Null when it is absent, or not among those that a page may read. */
  header(name: string): string | null;
}

/** Null: no answer came. Rejects only with the signal's reason. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer | null>;

/** A line that carries nothing for so long is broken, whatever the browser believes. */
const SILENCE_SECONDS = 60;

export const sendByXhr: Transport = ({ method, url, headers, body, signal, tell }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    const giveUp = (): void => request.abort();
    let silence: ReturnType<typeof setTimeout>;
    const listenOn = (): void => {
      clearTimeout(silence);
      silence = setTimeout(giveUp, SILENCE_SECONDS * 1000);
    };
    const end = (settle: () => void) => (): void => {
      clearTimeout(silence);
      signal.removeEventListener('abort', giveUp);
      settle();
    };
    request.upload.onprogress = ({ loaded }) => {
      listenOn();
      tell?.(loaded);
    };
    request.onload = end(() => resolve({ status: request.status, header: (name) => request.getResponseHeader(name) }));
    request.onerror = end(() => resolve(null));
    request.onabort = end(() => (signal.aborted ? reject(signal.reason) : resolve(null)));
    signal.addEventListener('abort', giveUp);
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    listenOn();
    request.send(body);
  });
