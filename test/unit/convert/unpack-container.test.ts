import { expect, test } from '@jest/globals';
import { isContainer } from '../../../functions/src/contracts/container.ts';
import formats from '../../../functions/src/convert/formats.json' with { type: 'json' };
import { createConverter } from '../../../functions/src/convert/index.ts';
import { buildZip } from './archive/build-zip.ts';
import { attached, buildOle2, bytesOf, messageObject } from './mail/build-msg.ts';

const limits = { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6, unpackedBytes: 1e7 };
const converter = createConverter({ pdfiumWasm: new Uint8Array() });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const message = (type = 'multipart/mixed') =>
  bytesOf(
    `From: a@b.example\nTo: c@d.example\nSubject: S\nContent-Type: ${type}; boundary=x\n\n` +
      '--x\nContent-Type: text/html\n\n<p>Hello\n--x\nContent-Disposition: attachment; filename=a.txt\n\nHello\n--x--\n',
  );
const CONTAINERS = [
  ['a.zip', 'application/zip', buildZip([{ name: 'x/a.txt', content: 'Hello' }])],
  ['a.eml', 'message/rfc822', message()],
  [
    'a.msg',
    'application/vnd.ms-outlook',
    buildOle2(messageObject({ '0037': 'S' }, { parts: attached({ '3707': 'a.txt', '3701': bytesOf('Hello') }) })),
  ],
] as const;

test.each(CONTAINERS)('%s gives one document, and its files by themselves', async (fileName, mediaType, bytes) => {
  const document = await converter.convert({ bytes, fileName }, limits);
  expect(document).toMatchObject({ mediaType, pageBasis: 'none' });
  expect(document.markdown).toContain('a.txt');
  const files = await converter.unpack({ bytes, fileName }, limits);
  expect(files.map((file) => [file.fileName, text(file.bytes).trim()])).toEqual([['a.txt', 'Hello']]);
});

test('Exactly the formats that can be unpacked are known as containers', () => {
  const containers = Object.values(formats).filter(({ mediaType }) => isContainer(mediaType));
  expect(containers.map(({ mediaType }) => mediaType).sort()).toEqual(CONTAINERS.map(([, type]) => type).sort());
});

test('A saved page has its pictures for itself: nothing comes out', async () => {
  expect(await converter.unpack({ bytes: message('multipart/related'), fileName: 'a.mht' }, limits)).toEqual([]);
});

test('A document that holds no files is refused, and so is a container over its limit', async () => {
  await expect(converter.unpack({ bytes: bytesOf('Hello'), fileName: 'a.txt' }, limits)).rejects.toMatchObject({
    reason: 'FORMAT_UNSUPPORTED',
    details: { fileName: 'a.txt', problem: 'plain text has no files to take out' },
  });
  const [[fileName, , bytes]] = CONTAINERS;
  await expect(converter.unpack({ bytes, fileName }, { ...limits, officeBytes: 10 })).rejects.toMatchObject({
    reason: 'FILE_TOO_LARGE',
  });
});
