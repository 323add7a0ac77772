/** The browser asks before the page is left as long as a file would be lost with it. */
import type { Readable } from '../store.ts';
import { needsThePage, type Package } from './package.ts';

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Only then is there a listener: with one, a browser keeps no page for its back button. */
export const guardAgainstLeaving = (packages: Readable<readonly Package[]>, page: EventTarget): void => {
  packages.subscribe(() => {
    if (needsThePage(packages.get())) page.addEventListener('beforeunload', ask as EventListener);
    else page.removeEventListener('beforeunload', ask as EventListener);
  });
};
