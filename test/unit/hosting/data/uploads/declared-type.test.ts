import { describe, expect, it } from '@jest/globals';
import { checkDeclared } from '../../../../../functions/src/pipeline/upload-formats.ts';
import { ACCEPTED_ENDINGS, declaredType } from '../../../../../hosting/src/data/uploads/declared-type.ts';

const LIMITS = { pdfBytes: 10, officeBytes: 10, textBytes: 10, otherBytes: 10 };

describe('declaredType', () => {
  it('goes by the ending where the service reads it, whatever a program has registered for it', () => {
    expect(declaredType({ name: 'RFP.PDF', type: 'application/kswps' })).toBe('application/pdf');
    expect(declaredType({ name: 'notes.md', type: '' })).toBe('text/markdown');
    expect(declaredType({ name: 'prices.csv', type: 'application/vnd.ms-excel' })).toBe('text/csv');
  });

  it('says what the browser says of an ending that the service does not read', () => {
    expect(declaredType({ name: 'setup.exe', type: 'application/x-msdownload' })).toBe('application/x-msdownload');
    expect(declaredType({ name: 'scan', type: 'image/png' })).toBe('image/png');
  });

  it('says that it does not know where the browser says nothing, or nothing that is a media type', () => {
    expect(declaredType({ name: 'setup.xyz', type: '' })).toBe('application/octet-stream');
    expect(declaredType({ name: 'page', type: 'text/plain; charset=utf-8' })).toBe('application/octet-stream');
  });

  it.each(ACCEPTED_ENDINGS)('is taken by the service for every ending of the file dialog: %s', (ending) => {
    const fileName = `document${ending}`;
    const contentType = declaredType({ name: fileName, type: '' });
    expect(() => checkDeclared({ fileName, contentType, sizeBytes: 1 }, LIMITS)).not.toThrow();
  });
});
