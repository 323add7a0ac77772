/** The text of a page that its readers see. A page with text that may be hidden is painted, and the text read again by what is seen. */
import type { UnseenReason } from '../../contracts/document.ts';
import type { PageAreas } from './page-areas.ts';
import type { Box } from './page-model.ts';
import { lookAtPage } from './page-sight.ts';
import type { PageSpace } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';
import { type PageText, readText } from './read-text.ts';
import type { Letter } from './segment-builder.ts';
import type { PageFacts } from './text-objects.ts';
import { createSuspicion, isPicture } from './text-suspicion.ts';
import type { SuspectTexts } from './unseen-text.ts';

/** Pages of a document that are painted: beyond, what is only suspected is taken to be seen. */
const MAX_LOOKS = 1000;

/** How many pages of a document may still be painted. */
export interface LookBudget {
  left: number;
}

export const createLookBudget = (): LookBudget => ({ left: MAX_LOOKS });

/** Of a letter's box, at either side: neighbours may reach into it. */
const SIDE_SHARE = 0.1;
/** In ems above the line, and below it: what peeps out under a bar cannot be read. */
const COVERED_ABOVE_EM = 0.9;
const COVERED_BELOW_EM = 0.02;

const overlaps = (a: Box, b: Box): boolean => a.x0 < b.x1 && a.x1 > b.x0 && a.top < b.bottom && a.bottom > b.top;

/** The part of a letter's box by which it is told. */
const coreOf = ({ x0, x1, top, bottom, baseline, size, rotated }: Letter, reason: UnseenReason): Box => {
  if (rotated) return { x0, x1, top, bottom };
  const side = (x1 - x0) * SIDE_SHARE;
  const across = { x0: x0 + side, x1: x1 - side };
  if (reason !== 'covered') return { ...across, top, bottom };
  return {
    ...across,
    top: Math.max(top, baseline - COVERED_ABOVE_EM * size),
    bottom: Math.min(bottom, baseline + COVERED_BELOW_EM * size),
  };
};

const lookFor = (
  pdfium: PdfiumModule,
  page: Pointer,
  { texts, region }: SuspectTexts,
  { areas }: PageAreas,
  space: PageSpace,
  scratch: Pointer,
): ((box: Box) => boolean) | undefined => {
  if (!region) return undefined;
  const onPage = {
    x0: Math.max(0, region.x0),
    top: Math.max(0, region.top),
    x1: Math.min(space.width, region.x1),
    bottom: Math.min(space.height, region.bottom),
  };
  const pictures = areas.filter(isPicture);
  return lookAtPage(
    pdfium,
    page,
    {
      texts,
      region: onPage,
      pictures: pictures.filter((picture) => overlaps(picture, onPage)).map(({ object }) => object),
      otherPictures: pictures.filter((picture) => !overlaps(picture, onPage)).map(({ object }) => object),
    },
    scratch,
  );
};

/** `scratch` is a buffer of at least 32 bytes, aligned to 8. */
export const readSeenText = (
  pdfium: PdfiumModule,
  page: Pointer,
  space: PageSpace,
  scratch: Pointer,
  facts: Pick<PageFacts, 'rules' | 'tagOf'> & {
    painted: PageAreas;
    textsInForms: ReadonlySet<Pointer>;
    budget: LookBudget;
  },
): PageText => {
  const { painted, budget } = facts;
  const suspicionOf = createSuspicion(pdfium, painted, space, facts.textsInForms, scratch);
  const all = readText(pdfium, page, space, scratch, { ...facts, suspicionOf });
  if (all.suspects.texts.size === 0 || budget.left === 0) return all;
  budget.left -= 1;
  const isShown = lookFor(pdfium, page, all.suspects, painted, space, scratch);
  if (!isShown) return all;
  const isSeen = (letter: Letter, reason: UnseenReason): boolean => isShown(coreOf(letter, reason));
  return readText(pdfium, page, space, scratch, { ...facts, suspicionOf, isSeen });
};
