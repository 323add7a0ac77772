import { describe, expect, test } from '@jest/globals';
import { fromZip } from '../../../../functions/src/convert/archive/from-zip.ts';
import { unpackZip } from '../../../../functions/src/convert/archive/unpack-zip.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { buildDocx, paragraph } from '../docx/build-docx.ts';
import { buildZip, type ZipFile } from './build-zip.ts';

const limits = { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6, unpackedBytes: 4_000_000 };
const read = (files: readonly ZipFile[]) => fromZip({ bytes: buildZip(files), fileName: 'package.zip' }, limits);
const unpack = (files: readonly ZipFile[]) => unpackZip({ bytes: buildZip(files), fileName: 'package.zip' }, limits);
const namesIn = (files: readonly ZipFile[]) => unpack(files).map(({ fileName }) => fileName);
const refusal = (files: readonly ZipFile[]): unknown => {
  try {
    return unpack(files);
  } catch (thrown) {
    return thrown;
  }
};

test('The document of an archive lists its files with their size and kind, in their order', () => {
  const tree = read([
    { name: 'SOW/' },
    { name: 'SOW/sow.docx', content: buildDocx({ body: paragraph('Scope') }), method: 0 },
    { name: 'SOW\\prices.csv', content: 'a,b\n' },
    { name: 'tool.exe', content: Uint8Array.from([0x4d, 0x5a, 0, 0]) },
  ]);
  const markdown = toMarkdown(tree, 'd0').markdown;
  expect(markdown).toMatch(/^\| File \| Size \| Kind \|\n/);
  expect(markdown).toMatch(/\| SOW\/sow\.docx \| \d+ bytes \| Word document \|\n/);
  expect(markdown).toContain('| SOW/prices.csv | 4 bytes | CSV table |\n');
  expect(markdown).toContain('| tool.exe | 4 bytes | not read: in no format that can be read |\n');
  expect(tree.safety).toEqual([{ code: 'EMBEDDED_FILE', text: '1 file in the archive cannot be read.' }]);
});

test('Files come out as they went in, whether stored or deflated, large or in ZIP64', () => {
  const content = 'The contractor shall report.\n'.repeat(20_000);
  const files = unpack([
    { name: 'a.txt', content },
    { name: 'b.txt', content, method: 0 },
    { name: 'c.txt', content, zip64: true },
    { name: 'empty.txt' },
  ]);
  expect(files.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual([content, content, content, '']);
});

describe('Names', () => {
  test('Are plain, never a path, and differ where file systems tell no difference', () => {
    expect(
      namesIn([
        { name: '../../etc/passwd' },
        { name: '/srv/a.txt' },
        { name: 'C:\\windows\\A.TXT' },
        { name: 'x/a.txt' },
        { name: 'bid\u202efdp.md' },
        { name: 'x/..' },
        { name: '.hidden' },
      ]),
    ).toEqual(['passwd', 'a.txt', 'A-2.TXT', 'a-3.txt', 'bidfdp.md', 'x', 'hidden']);
  });

  test('Are shown without what leads out of the archive', () => {
    const markdown = toMarkdown(read([{ name: '../../etc/passwd' }, { name: 'C:/a/../b.txt' }]), 'd0').markdown;
    expect(markdown).toContain('| etc/passwd |');
    expect(markdown).toContain('| a/b.txt |');
  });

  test('Are read as UTF-8 where they are, else as code page 437', () => {
    const umlauts = Uint8Array.from([0x9a, 0x81, ...new TextEncoder().encode('.txt')]);
    expect(
      namesIn([
        { name: umlauts, flags: 0 },
        { name: 'žluť.txt', flags: 0 },
      ]),
    ).toEqual(['Üü.txt', 'žluť.txt']);
  });
});

test('What operating systems leave behind is no document', () => {
  const left = ['__MACOSX/a._x', 'a/__MACOSX/b', '.DS_Store', 'x/Thumbs.db', 'desktop.ini', '._a.txt'];
  expect(namesIn([...left.map((name) => ({ name })), { name: 'a.txt' }])).toEqual(['a.txt']);
});

describe('Files that do not come out are named with the reason, the others come', () => {
  test.each([
    ['an encrypted one', { flags: 0x801 }, 'ZIP_ENTRY_ENCRYPTED'],
    ['a symbolic link', { unixMode: 0o120777 }, 'ZIP_ENTRY_LINK'],
    ['one of another method', { method: 14 }, 'ZIP_ENTRY_UNREADABLE'],
    ['one that is shorter than declared', { declaredBytes: 100 }, 'ZIP_ENTRY_DAMAGED'],
    ['one that is longer than declared', { declaredBytes: 2 }, 'ZIP_ENTRY_DAMAGED'],
    ['one that is not where it should be', { headerAt: 3 }, 'ZIP_ENTRY_DAMAGED'],
    ['one outside the file', { headerAt: 1e9 }, 'ZIP_ENTRY_DAMAGED'],
  ])('%s', (_, entry, code) => {
    const files = [
      { name: 'x/bad.txt', content: 'content', ...entry },
      { name: 'good.txt', content: 'good' },
    ];
    const { messages, safety } = read(files);
    expect(messages.map((message) => message.code)).toEqual([code]);
    expect(messages[0]?.text).toMatch(/^x\/bad\.txt was not read: /);
    expect(safety.map((finding) => finding.code)).toEqual(['EMBEDDED_FILE']);
    expect(namesIn(files)).toEqual(['good.txt']);
  });
});

describe('Hostile archives are refused', () => {
  test.each([
    [
      'one that unpacks to more than is allowed',
      [{ name: 'a', content: new Uint8Array(5_000_000) }],
      'ARCHIVE_TOO_LARGE',
    ],
    [
      'one whose files stand in the same place, many times over',
      Array.from({ length: 400 }, (_, at) => ({ name: `${at}`, declaredBytes: 1e6, headerAt: 0 })),
      'ARCHIVE_TOO_LARGE',
    ],
    ['one of too many files', Array.from({ length: 501 }, (_, at) => ({ name: `${at}` })), 'FORMAT_UNSUPPORTED'],
    [
      'one that is encrypted',
      [
        { name: 'a', flags: 1 },
        { name: 'b', flags: 1 },
      ],
      'FILE_ENCRYPTED',
    ],
  ])('%s', (_, files, reason) => {
    expect(refusal(files)).toMatchObject({ reason, details: { fileName: 'package.zip' } });
  });

  test('A bomb that hides its size stops at the size it declares', () => {
    const content = new Uint8Array(20_000_000);
    expect(read([{ name: 'bomb', content, declaredBytes: 1000 }]).messages.map(({ code }) => code)).toEqual([
      'ZIP_ENTRY_DAMAGED',
    ]);
  });

  test('One without a directory, or cut short', () => {
    const whole = buildZip([{ name: 'a.txt', content: 'text' }]);
    for (const bytes of [whole.subarray(0, 40), whole.subarray(0, -10), new Uint8Array(0)]) {
      expect(() => unpackZip({ bytes, fileName: 'a.zip' }, limits)).toThrow(
        expect.objectContaining({ reason: 'FILE_DAMAGED' }),
      );
    }
  });
});

test('An empty archive has an empty document', () => {
  expect(read([]).root.children).toEqual([]);
});
