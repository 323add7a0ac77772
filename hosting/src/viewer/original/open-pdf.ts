/** The only file that knows pdf.js. Nothing in it may need eval, WebAssembly, or an address other than this site's. */
import { AnnotationMode, GlobalWorkerOptions, getDocument, type PDFPageProxy } from 'pdfjs-dist';
import rendererUrl from 'pdfjs-dist/build/pdf.renderer.min.mjs?url';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { canvasWidth, type Original } from './original.ts';
import { createTextWidth } from './text-widths.ts';

GlobalWorkerOptions.workerSrc = workerUrl;
GlobalWorkerOptions.rendererSrc = rendererUrl;

/** Fonts, character maps and decoders that pdf.js asks for by name; hosting/pdfjs-files.ts puts them there. */
const FILES = new URL('/pdfjs/', document.baseURI).href;

/** @throws whatever pdf.js has against the file. */
export const openPdf = async (bytes: ArrayBuffer): Promise<Original> => {
  const task = getDocument({
    // It is given to the worker, and gone here.
    data: new Uint8Array(bytes.slice(0)),
    useWasm: false,
    enableXfa: false,
    useWorkerFetch: true,
    standardFontDataUrl: `${FILES}fonts/`,
    cMapUrl: `${FILES}cmaps/`,
    wasmUrl: `${FILES}decoders/`,
    verbosity: 0,
  });
  const pdf = await task.promise;
  const widthOf = createTextWidth();
  const pages = new Map<number, Promise<PDFPageProxy>>();
  const pageOf = (pageNumber: number): Promise<PDFPageProxy> => {
    const page = pages.get(pageNumber) ?? pdf.getPage(pageNumber);
    pages.set(pageNumber, page);
    return page;
  };
  return {
    draw(pageNumber, canvas, width) {
      let cancel = (): void => undefined;
      let isGone = false;
      const draw = async (): Promise<void> => {
        const page = await pageOf(pageNumber);
        if (isGone) return;
        const natural = page.getViewport({ scale: 1 });
        const scale = canvasWidth(width, natural.height / natural.width) / natural.width;
        const viewport = page.getViewport({ scale });
        canvas.width = Math.floor(viewport.width);
        canvas.height = Math.floor(viewport.height);
        // What is filled into a form is part of the page; nothing of it can be used.
        const rendering = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
        cancel = () => rendering.cancel();
        await rendering.promise;
        page.cleanup();
      };
      return {
        done: draw(),
        cancel() {
          isGone = true;
          cancel();
        },
      };
    },
    async readText(pageNumber) {
      const page = await pageOf(pageNumber);
      const { items, styles } = await page.getTextContent();
      const pieces = items.flatMap((item) =>
        'str' in item && item.str !== '' ? [{ ...item, family: styles[item.fontName]?.fontFamily ?? 'serif' }] : [],
      );
      return { pieces, toPage: page.getViewport({ scale: 1 }).transform, widthOf };
    },
    close() {
      void task.destroy();
    },
  };
};
