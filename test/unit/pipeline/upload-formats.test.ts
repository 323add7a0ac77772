import { describe, expect, test } from '@jest/globals';
import readable from '../../../functions/src/convert/formats.json' with { type: 'json' };
import unreadable from '../../../functions/src/convert/unsupported-formats.json' with { type: 'json' };
import formats from '../../../functions/src/pipeline/upload-formats.json' with { type: 'json' };
import { checkDeclared, formatNameOf } from '../../../functions/src/pipeline/upload-formats.ts';
import unsupported from '../../../functions/src/pipeline/upload-unsupported.json' with { type: 'json' };

const LIMITS = { pdfBytes: 4, officeBytes: 3, textBytes: 2, otherBytes: 1 };

describe('what may be uploaded', () => {
  test.each(Object.entries(readable))(
    'is all that the converters read: %s',
    (name, { extensions, mediaType, family }) => {
      const entry = Object.entries(formats).find(([each]) => each === name)?.[1];
      expect(entry?.extensions).toEqual(extensions);
      expect(entry?.mediaTypes[0]).toBe(mediaType);
      expect(entry?.family).toBe(family);
      expect(formatNameOf(mediaType)).toBe(name);
    },
  );

  test.each([
    ['a.pdf', 'application/pdf', 4],
    ['A.PDF', 'Application/PDF', 4],
    ['a.docx', 'application/octet-stream', 3],
    ['a.csv', 'application/vnd.ms-excel', 2],
    ['README', 'text/plain', 2],
    ['RFP v1.2', 'application/pdf', 4],
    ['photo.jpeg', 'image/jpeg', 1],
  ])('has the limit of its family: %s as %s', (fileName, contentType, limitBytes) => {
    const check = (sizeBytes: number) => () => checkDeclared({ fileName, contentType, sizeBytes }, LIMITS);
    expect(check(limitBytes)).not.toThrow();
    expect(check(limitBytes + 1)).toThrow(expect.objectContaining({ reason: 'FILE_TOO_LARGE' }));
  });

  test('is no empty file', () => {
    const file = { fileName: 'a.pdf', contentType: 'application/pdf', sizeBytes: 0 };
    expect(() => checkDeclared(file, LIMITS)).toThrow(expect.objectContaining({ reason: 'FILE_EMPTY' }));
  });
});

describe('what may not be uploaded', () => {
  test.each(unsupported)('is told in the words of the converters: $what', ({ what, extensions }) => {
    const { signatures, zipEntries, ole2Entries, textFiles } = unreadable;
    const told = [...signatures, ...zipEntries, ...ole2Entries, ...textFiles].map((entry) => entry.what);
    expect(told).toContain(what);
    for (const extension of extensions) {
      const file = { fileName: `a${extension}`, contentType: 'application/octet-stream', sizeBytes: 1 };
      expect(() => checkDeclared(file, LIMITS)).toThrow(`a${extension}: it is ${what}. mdraft reads`);
    }
  });
});
