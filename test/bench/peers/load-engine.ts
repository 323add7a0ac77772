/** How each peer is asked for Markdown, with OCR off and otherwise as its documentation advises. */
import { readFileSync } from 'node:fs';
import type { PeerDocument } from './engine-messages.ts';
import type { PeerName } from './peer-list.ts';

/** Loads a package from the folder in which the peer is installed; the caller knows its shape. */
type Load = NodeJS.Require;
export type ConvertDocument = (document: PeerDocument) => Promise<string>;

const loadLiteparse = (load: Load): ConvertDocument => {
  interface Parser {
    parse(path: string): Promise<{ text: string }>;
  }
  const { LiteParse }: { LiteParse: new (options: object) => Parser } = load('@llamaindex/liteparse');
  const parser = new LiteParse({ ocrEnabled: false, outputFormat: 'markdown', imageMode: 'off', quiet: true });
  return async ({ path }) => (await parser.parse(path)).text;
};

const loadFirecrawl = (load: Load): ConvertDocument => {
  const { processPdf }: { processPdf(bytes: Buffer): { markdown?: string } } = load('@firecrawl/pdf-inspector');
  return async ({ path }) => {
    const { markdown } = processPdf(readFileSync(path));
    if (markdown === undefined) throw new Error('it answered without Markdown');
    return markdown;
  };
};

const loadKreuzberg = (load: Load): ConvertDocument => {
  type Extract = (path: string, mediaType: null, options: object) => Promise<{ content: string }>;
  const { extractFile }: { extractFile: Extract } = load('@kreuzberg/node');
  return async ({ path }) =>
    (await extractFile(path, null, { outputFormat: 'markdown', useCache: false, forceOcr: false })).content;
};

/** Its own Markdown writer is deprecated; the documentation advises HTML and another package. */
const loadMammoth = (load: Load): ConvertDocument => {
  interface Turndown {
    use(plugin: unknown): void;
    turndown(html: string): string;
  }
  const mammoth: { convertToHtml(input: { path: string }): Promise<{ value: string }> } = load('mammoth');
  const TurndownService: new (options: object) => Turndown = load('turndown');
  const { gfm }: { gfm: unknown } = load('@joplin/turndown-plugin-gfm');
  const service = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-' });
  service.use(gfm);
  return async ({ path }) => service.turndown((await mammoth.convertToHtml({ path })).value);
};

const loadMarkitdown = (load: Load): ConvertDocument => {
  interface Converter {
    convert(path: string): Promise<{ markdown: string } | null | undefined>;
  }
  const { MarkItDown }: { MarkItDown: new () => Converter } = load('markitdown-ts');
  const converter = new MarkItDown();
  return async ({ path }) => {
    const converted = await converter.convert(path);
    if (!converted) throw new Error('it answered without Markdown');
    return converted.markdown;
  };
};

/** opendataloader is not here: it converts a list of files in one call. */
export const ENGINES: Readonly<Record<Exclude<PeerName, 'opendataloader'>, (load: Load) => ConvertDocument>> = {
  liteparse: loadLiteparse,
  firecrawl: loadFirecrawl,
  kreuzberg: loadKreuzberg,
  mammoth: loadMammoth,
  markitdown: loadMarkitdown,
};
