import { describe, expect, test } from '@jest/globals';
import { fromEml } from '../../../../functions/src/convert/mail/from-eml.ts';
import { readEml } from '../../../../functions/src/convert/mail/read-eml.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { bytesOf } from './build-msg.ts';

const HEAD = [
  'Subject: Questions due',
  'From: Jane Doe <jane@agency.example>',
  'Date: Fri, 17 Apr 2020 12:00:00 -0400',
];
const mail = (lines: readonly string[]): Uint8Array => bytesOf(lines.join('\r\n'));
const read = (bytes: Uint8Array, fileName = 'a.eml') => fromEml({ bytes, fileName });
const write = async (...lines: string[]) => toMarkdown(await read(mail(lines)), 'd0').markdown;

const multipart = (kind: string, ...parts: readonly string[][]): string[] => [
  `Content-Type: multipart/${kind}; boundary="b-${kind}"`,
  '',
  ...parts.flatMap((part) => [`--b-${kind}`, ...part]),
  `--b-${kind}--`,
];
const html = (page: string) => ['Content-Type: text/html; charset=utf-8', '', page];
const plain = (text: string) => ['Content-Type: text/plain', '', text];
const file = (name: string, content = 'x', type = 'application/octet-stream') => [
  `Content-Type: ${type}`,
  `Content-Disposition: attachment; filename="${name}"`,
  '',
  content,
];

test('Subject, people and date stand as the message states them, then the page', async () => {
  const tree = await read(
    mail([
      ...HEAD,
      'To: "Vendor, One" <one@vendor.example>,',
      '  two@vendor.example',
      'Cc: =?utf-8?Q?Andr=C3=A9?= <andre@agency.example>',
      'Message-ID: <m1@agency.example>',
      ...multipart('alternative', plain('not shown'), html('<h2>Scope</h2><p>Text <b>here</b>.')),
    ]),
  );
  expect(toMarkdown(tree, 'd0').markdown).toBe(
    `# Questions due

From: Jane Doe \\<jane@agency.example>

To: "Vendor, One" \\<one@vendor.example>, two@vendor.example

Cc: André \\<andre@agency.example>

Date: Fri, 17 Apr 2020 12:00:00 -0400

## Scope

Text **here**.
`,
  );
  expect(tree.title).toBe('Questions due');
  expect(tree.metadata).toEqual({
    from: 'Jane Doe <jane@agency.example>',
    to: '"Vendor, One" <one@vendor.example>, two@vendor.example',
    cc: 'André <andre@agency.example>',
    date: 'Fri, 17 Apr 2020 12:00:00 -0400',
    messageId: '<m1@agency.example>',
  });
});

describe('A message without a page is its text', () => {
  test('In the charset and the encoding that it names', async () => {
    const head = ['Content-Type: text/plain; charset=koi8-r', 'Content-Transfer-Encoding: quoted-printable', ''];
    expect(await write(...head, '=F0=D2=C9=D7=C5=D4 =', 'world')).toBe('Привет world\n');
  });

  test('In letters of 8 bits although it names no charset, which is told', async () => {
    const tree = await read(mail(['Subject: Caf\u00e9', '', 'Caf\u00e9 \u0093open\u0094']));
    expect(toMarkdown(tree, 'd0').markdown).toBe('# Café\n\nCafé “open”\n');
    expect(tree.messages.map(({ code }) => code)).toEqual(['TEXT_ENCODING_GUESSED']);
    const page = html('<meta charset="windows-1251"><p>\u00cf\u00f0').map((line) =>
      line.replace('; charset=utf-8', ''),
    );
    expect(await write(...page)).toBe('Пр\n');
  });

  test('Lines that were folded to flow are joined, and what is quoted stands in quotes', async () => {
    const lines = ['Yes, ', 'both.', '> Are the two ', '> annexes due?', '>> On Friday.', '> Thanks', '', 'Jane'];
    expect(await write('Content-Type: text/plain; format=flowed', '', ...lines)).toBe(
      'Yes, both.\n\n> Are the two annexes due?\n>\n> > On Friday.\n>\n> Thanks\n\nJane\n',
    );
  });

  test('A page that shows nothing gives way to the text', async () => {
    expect(await write(...multipart('alternative', plain('Shown.'), html('<div></div>')))).toBe('Shown.\n');
  });

  test('Quotes in quotes without end are read', async () => {
    const markdown = await write('Content-Type: text/plain', '', `${'>'.repeat(5000)} deep`);
    expect(markdown).toBe(`${'> '.repeat(12)}deep\n`);
  });
});

describe('Attachments', () => {
  const message = mail([
    ...HEAD,
    ...multipart(
      'mixed',
      multipart('related', html('<p>See <img src="cid:logo@x">'), [
        'Content-Type: image/png; name=logo.png',
        'Content-ID: <logo@x>',
        'Content-Disposition: inline',
        '',
        'PNG',
      ]),
      file('..\\..\\annex.txt', 'Annex.'),
      file('ANNEX.txt', 'Other.'),
      file('', 'BEGIN:VCALENDAR', 'text/calendar'),
      ['Content-Type: message/rfc822', '', 'Subject: Re: terms', 'From: x@y.example', '', 'Inner text.'],
      file('tool.bin', '\u0000\u0001\u0002'),
      ['Content-Type: application/pkcs7-signature; name=smime.p7s', '', 'signature'],
    ),
  ]);

  test('They are listed under a heading, pictures of the page and signatures are not, and those that cannot be read are reported', async () => {
    const tree = await read(message);
    const { markdown } = toMarkdown(tree, 'd0');
    expect(markdown).toMatch(/\nSee\n\n## Attachments\n\n/);
    expect(markdown).not.toContain('Inner text.');
    expect(tree.safety).toEqual([{ code: 'EMBEDDED_FILE', text: '1 attached file is in no format that can be read.' }]);
  });

  test('Their names are plain and different, and come from what the part is where it has none', async () => {
    const { attachments } = await readEml(message, 'a.eml');
    expect(attachments.map(({ fileName }) => fileName)).toEqual([
      'annex.txt',
      'ANNEX-2.txt',
      'attachment.ics',
      'Re terms.eml',
      'tool.bin',
    ]);
    expect(new TextDecoder().decode(attachments[0]?.bytes).trim()).toBe('Annex.');
  });
});

describe('A page that a browser saved as a message', () => {
  const lines = ['Subject: Notice', 'From: <Saved by Blink>', ...multipart('related', html('<h1>Notice</h1><p>Text'))];

  test('Is the page alone, by its ending or by where it says it came from', async () => {
    const page = '# Notice\n\nText\n';
    expect(toMarkdown(await read(mail(lines), 'a.mht'), 'd0').markdown).toBe(page);
    expect(await write('Snapshot-Content-Location: https://agency.example/notice', ...lines)).toBe(page);
  });
});

describe('Bad messages', () => {
  test('Parts nested without end are refused', async () => {
    const lines = Array.from({ length: 100 }, (_, depth) => [
      `Content-Type: multipart/mixed; boundary=b${depth}`,
      '',
      `--b${depth}`,
    ]).flat();
    await expect(read(mail(lines))).rejects.toMatchObject({ reason: 'FILE_DAMAGED' });
  });

  test('Parts without end are refused before they are read', async () => {
    const parts = Array.from({ length: 6000 }, () => ['']);
    await expect(read(mail([...HEAD, ...multipart('mixed', ...parts)]))).rejects.toMatchObject({
      reason: 'FILE_DAMAGED',
      details: { problem: 'it has more than 5000 parts' },
    });
  });

  test('An encrypted message is refused as one', async () => {
    const encrypted = multipart('encrypted', plain('Version: 1'), plain('-----BEGIN'));
    await expect(read(mail([...HEAD, ...encrypted]))).rejects.toMatchObject({ reason: 'FILE_ENCRYPTED' });
  });

  test('A message cut short, without headers or with NUL characters is read as far as it goes', async () => {
    expect(
      await write(...HEAD.slice(0, 1), 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'Te\u0000xt'),
    ).toBe('# Questions due\n\nText\n');
    expect(await write('', 'Only text.')).toBe('Only text.\n');
    expect(await write('Subject: Only a subject')).toBe('# Only a subject\n');
  });
});
