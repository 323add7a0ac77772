/** Finds what a document must never become on the page: script, something that loads, a link of its own, a name that deceives. */
import type { Page } from 'playwright-core';

/** Set by every piece of script in the hostile documents. */
export const HOSTILE = 'hostile';

/** Runs in the page. */
const collectFaults = (hostile: string): string[] => {
  const NEVER = new Set([
    'iframe',
    'frame',
    'object',
    'embed',
    'img',
    'picture',
    'video',
    'audio',
    'base',
    'style',
    'math',
  ]);
  const ADDRESSES = new Set([
    ...[
      'href',
      'xlink:href',
      'src',
      'srcdoc',
      'srcset',
      'action',
      'formaction',
      'data',
      'poster',
      'ping',
      'background',
    ],
  ]);
  const NOT_IN_DOCUMENT = 'a, button, svg, canvas, form, select, textarea';
  const DECEIVING = /\p{Bidi_Control}/u;
  const isOwn = (address: string): boolean => {
    const { protocol, origin } = new URL(address, location.href);
    return /^https?:$/.test(protocol) && origin === location.origin;
  };
  const faults: string[] = [];
  const tell = (what: string, element: Element) => faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const checkElement = (element: Element): void => {
    const tag = element.localName;
    if (NEVER.has(tag)) tell('Element', element);
    if (tag === 'script' && !element.hasAttribute('src')) tell('Script', element);
    if (tag === 'meta' && element.hasAttribute('http-equiv')) tell('Order', element);
  };
  const checkAttributes = (element: Element): void => {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) tell('Handler', element);
      if (ADDRESSES.has(name) && !isOwn(value)) tell('Address', element);
      if (DECEIVING.test(value)) tell('Deceiving label', element);
    }
  };

  if (hostile in globalThis) faults.push(`Script ran: ${(globalThis as unknown as Record<string, string>)[hostile]}`);
  for (const element of document.querySelectorAll('*')) {
    checkElement(element);
    checkAttributes(element);
  }
  for (const passage of document.querySelectorAll('[aria-label="Text as Markdown"]')) {
    for (const element of passage.querySelectorAll(NOT_IN_DOCUMENT)) tell('Not inert', element);
    for (const element of passage.querySelectorAll('[id]')) tell('Id', element);
  }
  if (DECEIVING.test(`${document.title}${document.body.textContent}`)) faults.push('Deceiving text');
  return faults;
};

/** As the page stands now, in a line each. */
export const inertFaults = (page: Page): Promise<string[]> => page.evaluate(collectFaults, HOSTILE);
