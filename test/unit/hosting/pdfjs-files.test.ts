import { describe, expect, it } from '@jest/globals';
import { listPdfjsFiles } from '../../../hosting/pdfjs-files.ts';

describe('the files that pdf.js asks for by name', () => {
  const names = [...listPdfjsFiles().keys()];

  it('are the fonts, the character maps and the decoders that it knows', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'fonts/FoxitSerif.pfb',
        'cmaps/UniJIS-UTF16-H.bcmap',
        'decoders/openjpeg_nowasm_fallback.js',
        'decoders/jbig2_nowasm_fallback.js',
      ]),
    );
  });

  it('come with their licences and without WebAssembly, which the page may not compile', () => {
    expect(names).toEqual(expect.arrayContaining(['fonts/LICENSE_FOXIT', 'decoders/LICENSE_OPENJPEG']));
    expect(names.filter((name) => name.endsWith('.wasm') || name.includes('quickjs'))).toEqual([]);
  });
});
