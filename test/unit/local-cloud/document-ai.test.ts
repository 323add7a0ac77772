import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { DocumentProcessorServiceClient, type protos } from '@google-cloud/documentai';
import { credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDocumentAi, type DocumentAi } from '../../../scripts/local-cloud/document-ai/index.ts';
import { renderPages, toImageOnlyPdf, toPng, toTiff } from '../../support/image-only-pdf.ts';
import { makePdf, type PdfPage } from '../../support/make-pdf.ts';

type Reply = protos.google.cloud.documentai.v1.IDocument;
type Options = protos.google.cloud.documentai.v1.IProcessOptions;
type Layout = protos.google.cloud.documentai.v1.Document.Page.ILayout;

process.env.METADATA_SERVER_DETECTION = 'none';

const PROJECT = 'demo-test';
const PREFIX = `projects/${PROJECT}/locations/us/processors`;
const MEGABYTE = 1024 * 1024;
const DPI = 200;

let service: DocumentAi;
let client: DocumentProcessorServiceClient;

beforeAll(async () => {
  service = await createDocumentAi({
    projectId: PROJECT,
    location: 'us',
    processors: [
      { location: 'us', processorId: 'ocr1', kind: 'ocr' },
      { location: 'us', processorId: 'layout1', kind: 'layout' },
    ],
  });
  client = new DocumentProcessorServiceClient({
    projectId: PROJECT,
    apiEndpoint: '127.0.0.1',
    port: service.port,
    sslCreds: credentials.createInsecure(),
  });
});

afterAll(async () => {
  await client.close();
  await service.close();
});

interface Sent {
  content: Uint8Array;
  mimeType?: string;
  processor?: string;
  processOptions?: Options;
  fields?: string[];
}

const send = async ({ content, mimeType = 'application/pdf', processor = 'ocr1', ...rest }: Sent): Promise<Reply> => {
  const [reply] = await client.processDocument(
    {
      name: processor.includes('/') ? processor : `${PREFIX}/${processor}`,
      rawDocument: { content, mimeType },
      ...(rest.processOptions ? { processOptions: rest.processOptions } : {}),
      ...(rest.fields ? { fieldMask: { paths: rest.fields } } : {}),
    },
    { retry: { retryCodes: [] } },
  );
  return reply.document ?? {};
};

/** Code and message of the refusal. */
const refusalOf = async (sent: Sent): Promise<string> =>
  send(sent).then(
    () => 'no refusal',
    (error: { code: number; details: string }) => `${error.code} ${error.details}`,
  );

/** Small, so that it is read in no time. */
const slip = (...texts: string[]): PdfPage => ({
  widthPt: 300,
  heightPt: 80,
  texts: texts.map((text, index) => ({ text, x: 20, y: 30 + index * 20, size: 14 })),
});

const textAt = (document: Reply, layout: Layout | null | undefined): string =>
  (layout?.textAnchor?.textSegments ?? [])
    .map(({ startIndex, endIndex }) => (document.text ?? '').slice(Number(startIndex ?? 0), Number(endIndex)))
    .join('');

describe('What is recognised', () => {
  test('An OCR processor answers the text and, page by page, lines and tokens that point into it', async () => {
    const document = await send({ content: makePdf([slip('Offers are due', 'on March 17'), slip('Second page')]) });
    expect(document.text).toBe('Offers are due\non March 17\nSecond page\n');
    const [first, second] = document.pages ?? [];
    expect(first?.pageNumber).toBe(1);
    expect(first?.dimension).toEqual({ width: 833, height: 222, unit: 'pixels' });
    expect(first?.lines?.map(({ layout }) => textAt(document, layout))).toEqual(['Offers are due\n', 'on March 17\n']);
    expect(first?.tokens?.slice(0, 3).map(({ layout }) => textAt(document, layout))).toEqual([
      'Offers ',
      'are ',
      'due\n',
    ]);
    expect(textAt(document, second?.layout)).toBe('Second page\n');
    expect(textAt(document, second?.blocks?.[0]?.layout)).toBe('Second page\n');
    expect(first?.detectedLanguages?.[0]?.languageCode).toBe('en');
    const line = first?.lines?.[0]?.layout;
    expect(line?.confidence).toBeGreaterThan(0.8);
    // 64-bit integers come as strings.
    expect(typeof second?.lines?.[0]?.layout?.textAnchor?.textSegments?.[0]?.startIndex).toBe('string');
    const corners = line?.boundingPoly?.normalizedVertices ?? [];
    expect(corners).toHaveLength(4);
    expect(corners[0]?.x).toBeCloseTo(20 / 300, 1);
    expect((corners[2]?.y ?? 0) * 80).toBeCloseTo(30, -1);
  });

  test('A text layer is not looked at: only what is shown is read', async () => {
    const page = slip('Shown to everyone');
    page.texts?.push({ text: 'hidden', x: 20, y: 60, invisible: true });
    const document = await send({ content: makePdf([page]) });
    expect(document.text).toBe('Shown to everyone\n');
  });

  test('PNG and TIFF pictures are read as they are, and a TIFF of several pages is not read in part', async () => {
    const [image] = await renderPages(makePdf([slip('A photo of a sign')]), DPI);
    if (!image) throw new Error('nothing was drawn');
    const png = await send({ content: toPng(image), mimeType: 'image/png' });
    expect(png.text).toBe('A photo of a sign\n');
    expect(png.pages?.[0]?.dimension).toEqual({ width: image.width, height: image.height, unit: 'pixels' });
    expect((await send({ content: toTiff([image]), mimeType: 'image/tiff' })).text).toBe('A photo of a sign\n');
    expect(await refusalOf({ content: toTiff([image, image]), mimeType: 'image/tiff' })).toMatch(/^12 /);
  });

  test('A page without text is a page without lines', async () => {
    const document = await send({ content: makePdf([{ widthPt: 200, heightPt: 100 }]) });
    expect(document.text).toBe('');
    expect(document.pages).toHaveLength(1);
    expect(document.pages?.[0]?.lines).toEqual([]);
  });

  test('A Layout Parser answers headings, a list, a table and running lines as blocks with their page', async () => {
    const pdf = readFileSync(new URL('../../fixtures/solicitation/pdf/04-amendment-0001.pdf', import.meta.url));
    const scan = toImageOnlyPdf(await renderPages(pdf, DPI), DPI);
    const document = await send({ content: scan, processor: 'layout1' });
    const blocks = document.documentLayout?.blocks ?? [];
    expect(document.pages).toEqual([]);
    const typed = blocks.map(({ textBlock }) => `${textBlock?.type}: ${textBlock?.text}`);
    expect(typed).toContain('heading-1: Amendment of Solicitation');
    expect(typed).toContain('header: Solicitation IWA-26-R-0017 Amendment 0001');
    expect(typed).toContain('footer: Page 1 of 1');
    const list = blocks.find(({ listBlock }) => listBlock)?.listBlock;
    expect(list?.type).toBe('ordered');
    expect(list?.listEntries?.map(({ blocks: inner }) => inner?.[0]?.textBlock?.text?.slice(0, 3))).toEqual([
      '(a)',
      '(b)',
    ]);
    const table = blocks.find(({ tableBlock }) => tableBlock)?.tableBlock;
    const cells = (table?.bodyRows?.[0]?.cells ?? []).map(({ blocks: inner }) => inner?.[0]?.textBlock?.text);
    expect(cells).toEqual(['2', 'Amendment number', '0001']);
    expect(blocks.every(({ pageSpan }) => pageSpan?.pageStart === 1 && pageSpan.pageEnd === 1)).toBe(true);
  });

  test('Nothing is fetched: with every way to the network cut, the text is still read', async () => {
    const cut = `
      import net from 'node:net'; import dns from 'node:dns';
      const refuse = () => { throw new Error('network is cut'); };
      net.Socket.prototype.connect = refuse; dns.lookup = refuse; globalThis.fetch = refuse;`;
    const program = `
      const folder = ${JSON.stringify(new URL('../../../', import.meta.url).href)};
      const { createRecogniser, toPgm } = await import(folder + 'scripts/local-cloud/document-ai/recognise.ts');
      const { renderPages } = await import(folder + 'test/support/image-only-pdf.ts');
      const { makePdf } = await import(folder + 'test/support/make-pdf.ts');
      const https = await import('node:https');
      let isCut = false;
      try { https.get('https://127.0.0.1:9/'); } catch (error) { isCut = error.message === 'network is cut'; }
      const [image] = await renderPages(makePdf([${JSON.stringify(slip('Read without a network'))}]), ${DPI});
      const recogniser = createRecogniser(${DPI});
      const page = await recogniser.recognise(toPgm(image), 1);
      await recogniser.close();
      console.log(JSON.stringify({ isCut, words: page.blocks[0].paragraphs[0][0].words.map(({ text }) => text) }));`;
    const preload = `data:text/javascript,${encodeURIComponent(cut)}`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', '--import', preload, '--eval', program],
      { env: { PATH: process.env.PATH }, timeout: 20_000, killSignal: 'SIGKILL' },
    );
    expect(JSON.parse(stdout)).toEqual({ isCut: true, words: ['Read', 'without', 'a', 'network'] });
  });
});

describe('What a request can choose', () => {
  const sixteen = makePdf(Array.from({ length: 16 }, (_, index) => slip(`Page ${index + 1}`)));

  test('Single pages, the first ones or the last ones are read, also of a document over the limit', async () => {
    const chosen = async (processOptions: Options): Promise<(string | null | undefined)[]> => {
      const document = await send({ content: sixteen, processOptions });
      return [document.text, ...(document.pages ?? []).map(({ pageNumber }) => String(pageNumber))];
    };
    expect(await chosen({ individualPageSelector: { pages: [16, 3] } })).toEqual(['Page 3\nPage 16\n', '3', '16']);
    expect(await chosen({ fromStart: 1 })).toEqual(['Page 1\n', '1']);
    expect(await chosen({ fromEnd: 2 })).toEqual(['Page 15\nPage 16\n', '15', '16']);
    const outside = { individualPageSelector: { pages: [17] } };
    expect(await refusalOf({ content: sixteen, processOptions: outside })).toMatch(/^3 /);
  });

  test('A field mask leaves only what it names, and a mask that the service cannot follow is refused', async () => {
    const content = makePdf([slip('Little is asked')]);
    const document = await send({ content, fields: ['text', 'pages.page_number', 'pages.lines'] });
    expect(document.text).toBe('Little is asked\n');
    expect(document.pages?.[0]?.pageNumber).toBe(1);
    expect(document.pages?.[0]?.lines).toHaveLength(1);
    expect(document.pages?.[0]?.tokens).toEqual([]);
    expect(await refusalOf({ content, fields: ['pages.lines.layout'] })).toMatch(/^3 .*field mask/);
  });

  test('Sixteen pages at once are refused with the limit and the count', async () => {
    expect(await refusalOf({ content: sixteen })).toBe('3 Document pages exceed the limit: 15 got 16.');
  });
});

describe('What is refused', () => {
  const page = makePdf([slip('Fine')]);
  const large = (sizeBytes: number): Uint8Array => {
    const content = new Uint8Array(sizeBytes);
    content.set(page);
    return content;
  };

  test.each<[string, Sent, RegExp]>([
    ['empty content', { content: new Uint8Array() }, /^3 .*empty/],
    ['a type that is not read', { content: page, mimeType: 'text/plain' }, /^3 Unsupported input file format/],
    [
      'a picture for the Layout Parser',
      { content: page, mimeType: 'image/png', processor: 'layout1' },
      /^3 Unsupported/,
    ],
    ['a PDF that is called a picture', { content: page, mimeType: 'image/png' }, /^3 .*mime type/],
    ['a damaged PDF', { content: Buffer.from('%PDF-1.4\nnothing else') }, /^3 .*damaged/],
    [
      'a damaged picture',
      { content: Buffer.from('\x89PNG\r\n\x1a\nno', 'latin1'), mimeType: 'image/png' },
      /^3 .*damaged/,
    ],
    ['an unknown processor', { content: page, processor: 'other' }, /^5 Processor with id 'other' not found/],
    [
      'a processor of another place',
      { content: page, processor: `projects/${PROJECT}/locations/eu/processors/ocr1` },
      /^3 Invalid location: 'eu' must match .*'us'/,
    ],
    ['a processor of another project', { content: page, processor: 'projects/x/locations/us/processors/ocr1' }, /^7 /],
    ['a name that is none', { content: page, processor: 'processors/ocr1' }, /^3 Invalid processor name/],
  ])('The service refuses %s', async (_, sent, refusal) => {
    expect(await refusalOf(sent)).toMatch(refusal);
  });

  test('An OCR processor takes 40 MB and a Layout Parser 20 MB, and not a byte more', async () => {
    const over40 = await refusalOf({ content: large(40 * MEGABYTE + 1) });
    expect(over40).toBe(`3 Document size (${40 * MEGABYTE + 1}) exceeds the limit: ${40 * MEGABYTE}.`);
    const over20 = await refusalOf({ content: large(20 * MEGABYTE + 1), processor: 'layout1' });
    expect(over20).toBe(`3 Document size (${20 * MEGABYTE + 1}) exceeds the limit: ${20 * MEGABYTE}.`);
    expect((await send({ content: large(20 * MEGABYTE + 1) })).text).toBe('Fine\n');
  });

  test('It does not start for a project that is not a demo', async () => {
    await expect(createDocumentAi({ projectId: 'prod-1', location: 'us', processors: [] })).rejects.toThrow(/demo-/);
  });
});

test('Faults are met in order, once each, and are counted as calls', async () => {
  const content = makePdf([slip('At last')]);
  const before = service.callCount();
  service.faults.failNext(1, 'RESOURCE_EXHAUSTED');
  service.faults.failNext(1, 'UNAVAILABLE');
  expect(await refusalOf({ content })).toMatch(/^8 /);
  expect(await refusalOf({ content })).toMatch(/^14 /);
  service.faults.delayNext(1, 150);
  const start = performance.now();
  expect((await send({ content })).text).toBe('At last\n');
  expect(performance.now() - start).toBeGreaterThanOrEqual(149);
  service.faults.failNext(5, 'INTERNAL');
  service.faults.clear();
  expect((await send({ content })).text).toBe('At last\n');
  expect(service.callCount() - before).toBe(4);
});
