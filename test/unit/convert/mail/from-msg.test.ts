import { describe, expect, test } from '@jest/globals';
import { fromMsg } from '../../../../functions/src/convert/mail/from-msg.ts';
import { readMsg } from '../../../../functions/src/convert/mail/read-msg.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { attached, buildOle2, bytesOf, messageObject, recipients, storedRtf } from './build-msg.ts';

/** 17 April 2020, 16:00 UTC. */
const SENT = (BigInt(Date.UTC(2020, 3, 17, 16)) + 11_644_473_600_000n) * 10_000n;
const HEAD = { '0037': 'Questions due', '0042': 'Jane Doe', '5D02': 'jane@agency.example', '0039': SENT };
const build = (...object: Parameters<typeof messageObject>) => buildOle2(messageObject(...object));
const read = (bytes: Uint8Array) => fromMsg({ bytes, fileName: 'a.msg' });
const write = async (...object: Parameters<typeof messageObject>) =>
  toMarkdown(await read(build(...object)), 'd0').markdown;

test('Subject, people and date stand before the body, as they do for every message', async () => {
  const parts = recipients(
    { '3001': 'Vendor One', '39FE': 'one@vendor.example', '0C15': 1 },
    { '3001': 'two@vendor.example', '3003': 'two@vendor.example', '0C15': 1 },
    { '3001': 'Legal', '3003': '/O=AGENCY/CN=LEGAL', '0C15': 2 },
    { '3001': 'Hidden', '39FE': 'hidden@vendor.example', '0C15': 3 },
  );
  const bytes = build({ ...HEAD, '1000': 'Questions are due on Friday.', '1035': '<m1@agency.example>' }, { parts });
  const tree = await read(bytes);
  expect(toMarkdown(tree, 'd0').markdown).toBe(
    `# Questions due

From: Jane Doe \\<jane@agency.example>

To: Vendor One \\<one@vendor.example>, two@vendor.example

Cc: Legal

Date: Fri, 17 Apr 2020 16:00:00 +0000

Questions are due on Friday.
`,
  );
  expect(tree.title).toBe('Questions due');
  expect(tree.metadata).toMatchObject({ from: 'Jane Doe <jane@agency.example>', messageId: '<m1@agency.example>' });
});

test('The date is the one that the sender wrote, where the message still has it', async () => {
  const markdown = await write({ ...HEAD, '007D': 'Received: x\r\nDate: Fri,\r\n 17 Apr 2020 12:00:00 -0400\r\n' });
  expect(markdown).toContain('Date: Fri, 17 Apr 2020 12:00:00 -0400\n');
});

describe('The body is the first of page, RTF and text that is there', () => {
  test('A page in the code page that the message names', async () => {
    const page = Uint8Array.from([...bytesOf('<h2>Scope</h2><p>'), 0xcf, 0xf0, 0xe8, ...bytesOf('</p>')]);
    expect(await write({ '1013': page, '3FDE': 1251, '1000': 'not shown' })).toBe('## Scope\n\nПри\n');
  });

  test('A page that Outlook keeps inside RTF', async () => {
    const rtf =
      '{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fcharset204 Arial;}}{\\*\\generator x;}' +
      '{\\*\\htmltag64 <h2>}\\htmlrtf {\\b \\htmlrtf0 Scope \\{a\\}\\htmlrtf }\\htmlrtf0{\\*\\htmltag72 </h2>}' +
      "{\\*\\htmltag64 <p>}caf\\'e9 \\u8364?{\\f1 \\'cf}{\\*\\mhtmltag84 x}{\\*\\htmltag72 </p>}}";
    expect(await write({ '1009': storedRtf(rtf), '1000': 'not shown' })).toBe('## Scope {a}\n\ncafé €П\n');
  });

  test('RTF that was made from text gives way to the text', async () => {
    expect(await write({ '1009': storedRtf('{\\rtf1\\ansi\\fromtext wrong}'), '1000': 'Right.' })).toBe('Right.\n');
  });

  test('RTF that was written as such', async () => {
    expect(await write({ '1009': storedRtf('{\\rtf1\\ansi Written \\b boldly\\b0.}'), '1000': 'x' })).toBe(
      'Written **boldly**.\n',
    );
  });
});

describe('Attachments', () => {
  const inner = messageObject({ '0037': 'Re: scope / terms', '1000': 'Inner text.' }, { headerBytes: 24 });
  const parts = attached(
    { '3707': '../Price list.csv', '3704': 'PRICEL~1.CSV', '3701': bytesOf('a,b\n') },
    { '3707': 'price list.csv', '3701': bytesOf('c,d\n') },
    { '3707': 'logo.png', '3712': 'logo@x', '3701': bytesOf('PNG') },
    { '3001': 'Re: scope', '3701': inner },
    { '3707': 'tool.exe', '3701': Uint8Array.from([0x4d, 0x5a, 0, 0]) },
  );
  const message = build({ '0037': 'Docs', '1013': bytesOf('<p>See <img src="cid:logo@x">') }, { parts });

  test('They are listed, those that cannot be read are reported, pictures of the page are left out', async () => {
    const tree = await read(message);
    expect(toMarkdown(tree, 'd0').markdown).toMatch(
      /## Attachments\n\n- Price list\.csv \(4 bytes\)\n- price list-2\.csv \(4 bytes\)\n- Re scope terms\.eml \(.*\)\n- tool\.exe \(4 bytes\)\n$/,
    );
    expect(tree.safety).toEqual([{ code: 'EMBEDDED_FILE', text: '1 attached file is in no format that can be read.' }]);
  });

  test('An attached message comes out as a message of its own', () => {
    const { attachments } = readMsg(message, 'a.msg');
    expect(attachments.map(({ fileName }) => fileName)).toEqual([
      'Price list.csv',
      'price list-2.csv',
      'Re scope terms.eml',
      'tool.exe',
    ]);
    const text = new TextDecoder().decode(attachments[2]?.bytes);
    expect(text).toContain('Subject: Re: scope / terms\r\n');
    expect(text).toContain(btoa('Inner text.'));
  });

  test('Messages in messages without end are left out from some depth on, and that is said', async () => {
    let object = messageObject({ '0037': 'deepest' }, { headerBytes: 24 });
    for (let depth = 0; depth < 8; depth++) {
      object = messageObject({ '0037': `depth ${depth}` }, { headerBytes: 24, parts: attached({ '3701': object }) });
    }
    const { messages } = await read(build({ '0037': 'top' }, { parts: attached({ '3701': object }) }));
    expect(messages.map(({ code }) => code)).toEqual(['ATTACHED_MESSAGE_LEFT_OUT']);
  });
});

test('A message without anything to read is empty, and one cut short is refused', async () => {
  expect(await write({})).toBe('');
  await expect(read(build(HEAD).subarray(0, 700))).rejects.toMatchObject({ reason: 'FILE_DAMAGED' });
});
