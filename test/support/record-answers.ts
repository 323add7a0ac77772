/** Everything that a page is answered over the network, streams that have not ended included. */
import type { Page } from 'playwright-core';

export interface Recording {
  /** Bodies of all answers until now, each behind its address. */
  text(): string;
}

/** Begins with the next request of the page. What is on its way when the page is left may be lost, so a test also has to find what must be there. */
export const recordAnswers = async (page: Page): Promise<Recording> => {
  const devtools = await page.context().newCDPSession(page);
  const bodies = new Map<string, string[]>();
  const add = (requestId: string, base64: string | undefined): void => {
    if (base64) bodies.get(requestId)?.push(Buffer.from(base64, 'base64').toString('latin1'));
  };
  devtools.on('Network.responseReceived', ({ requestId, response, type }) => {
    if (type === 'Preflight') return;
    bodies.set(requestId, [`${response.url}\n`]);
    devtools.send('Network.streamResourceContent', { requestId }).then(
      ({ bufferedData }) => add(requestId, bufferedData),
      // It has ended already: all of it is there.
      () =>
        devtools.send('Network.getResponseBody', { requestId }).then(
          ({ body, base64Encoded }) => add(requestId, base64Encoded ? body : Buffer.from(body).toString('base64')),
          () => undefined,
        ),
    );
  });
  devtools.on('Network.dataReceived', ({ requestId, data }) => add(requestId, data));
  await devtools.send('Network.enable');
  return {
    // Latin-1 keeps characters whole that a chunk cuts; together they are UTF-8 again.
    text: () => [...bodies.values()].map((parts) => Buffer.from(parts.join(''), 'latin1').toString()).join('\n'),
  };
};
