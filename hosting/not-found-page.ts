/** 404.html, which Hosting answers at an address that it does not know: the same page, which then says that nothing is there. */
import type { Plugin } from 'vite';

export const notFoundPage = (): Plugin => ({
  name: 'not-found-page',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') this.error('The page has no index.html of which 404.html could be made.');
      this.emitFile({ type: 'asset', fileName: '404.html', source: page.source });
    },
  },
});
