/** Slides, whatever program they are from, one after the other. */
import type { PhrasingContent, RootContent } from 'mdast';
import type { ConversionMessage } from '../contracts/document.ts';

export interface Slide {
  /** Empty if the slide has none. */
  title: PhrasingContent[];
  /** Whether it is one of those that open the whole or a part of it. */
  opens: 'deck' | 'part' | undefined;
  blocks: RootContent[];
  notes: RootContent[];
}

/**
 * Titles as headings: the first slide's at level 1 if it opens the whole deck, those that open a part of it one below that, all others
 * one below their part. Headings on a slide are counted from its title. A slide without a title
 * is set off by a rule, unless it goes on below a heading. Notes are a quotation after the slide.
 */
export const addSlides = (blocks: RootContent[], slides: readonly Slide[]): void => {
  let opened = 0;
  let current = 0;
  slides.forEach((slide, index) => {
    if (slide.title.length > 0) {
      const own = index > 0 && slides[0]?.opens === 'deck' ? 2 : 1;
      const depth = slide.opens ? own : opened + 1;
      if (slide.opens) opened = depth;
      current = depth;
      blocks.push({ type: 'heading', depth: depth as 1 | 2 | 3, children: slide.title });
    } else if (blocks.length > 0 && blocks.at(-1)?.type !== 'heading' && slide.blocks.length > 0) {
      blocks.push({ type: 'thematicBreak' });
    }
    for (const block of slide.blocks) {
      if (block.type === 'heading') block.depth = Math.min(6, current + block.depth) as 1;
      blocks.push(block);
    }
    if (slide.notes.length > 0) blocks.push({ type: 'blockquote', children: slide.notes as [] });
  });
};

/** Says where the notes of so many slides are. */
export const speakerNotes = (slides: number): ConversionMessage => ({
  level: 'info',
  code: 'SPEAKER_NOTES',
  text: `The speaker notes of ${slides} slide${slides === 1 ? '' : 's'} stand as quotations after their slides.`,
});
