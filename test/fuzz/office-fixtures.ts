/** Small files of the Office and OpenDocument formats, and those that are put together like them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { attached, buildOle2, bytesOf, messageObject, recipients, storedRtf } from '../unit/convert/mail/build-msg.ts';
import * as odf from '../unit/convert/odf/build-odf.ts';
import * as slides from '../unit/convert/pptx/build-pptx.ts';
import { buildXlsx } from '../unit/convert/xlsx/build-xlsx.ts';
import type { FuzzFixture } from './hold-conversions.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const stored = (path: string, fileName: string): FuzzFixture => ({
  fileName,
  bytes: new Uint8Array(readFileSync(join(FIXTURES, path))),
});

const schedule = [
  ['Item', 'Price'],
  ['Desk', '10.00'],
  ['Chair', '7.50'],
];

const pptx = (): Uint8Array =>
  slides.buildPptx({
    slides: [
      {
        shapes: `${slides.title('Scope')}${slides.content(slides.paragraph(slides.run('The contractor shall deliver.')))}`,
        notes: slides.placeholder('type="body"', slides.paragraph(slides.run('Say it twice.'))),
      },
      { shapes: slides.graphic(slides.tableOf(schedule.map((row) => row.map((text) => slides.cell(text))))) },
    ],
  });

const rowsOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => odf.row(row.map((text) => odf.cell(odf.paragraph(text))))).join('');

const odt = (): Uint8Array =>
  odf.buildOdf({
    kind: 'text',
    body: `${odf.heading('Scope', 1)}${odf.list([odf.paragraph('Plan'), odf.paragraph('Report')])}${odf.table(rowsOf(schedule))}`,
  });
const ods = (): Uint8Array =>
  odf.buildOdf({ kind: 'spreadsheet', body: odf.table(rowsOf(schedule), 'table:name="Prices"') });
const odp = (): Uint8Array =>
  odf.buildOdf({
    kind: 'presentation',
    body: `<draw:page><draw:frame presentation:class="title"><draw:text-box>${odf.paragraph('Scope')}</draw:text-box></draw:frame></draw:page>`,
  });

const epub = (): Uint8Array =>
  zipSync({
    mimetype: strToU8('application/epub+zip'),
    'META-INF/container.xml': strToU8('<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'),
    'a.opf': strToU8(
      '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    ),
    'a.xhtml': strToU8('<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Scope</h1><p>Text.</p></body></html>'),
  });

const rtf = `{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\stylesheet{\\s1 heading 1;}}{\\info{\\title Notice}}
\\pard\\s1 Scope\\par\\pard The {\\b contractor} shall deliver \\'93it\\'94 \\u8212?.\\par
{\\pard{\\pntext (a)\\tab}Plan\\par}\\trowd\\cellx2000\\cellx4000\\intbl Item\\cell Price\\cell\\row
{\\field{\\*\\fldinst HYPERLINK "https://agency.example"}{\\fldrslt here}}\\par}`;

const mail = [
  'From: Clerk <clerk@agency.example>',
  'To: vendors@vendor.example',
  'Subject: =?utf-8?Q?Amendment_=E2=80=93_1?=',
  'Date: Fri, 17 Apr 2020 12:00:00 -0400',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b"',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<p>The contractor shall sign=2E</p><ul><li>twice</li></ul>',
  '--b',
  'Content-Type: text/plain; name="terms.txt"',
  'Content-Disposition: attachment; filename="terms.txt"',
  'Content-Transfer-Encoding: base64',
  '',
  'VGVybXM=',
  '--b--',
  '',
].join('\r\n');

const msg = (): Uint8Array =>
  buildOle2(
    messageObject(
      { '0037': 'Questions', '0042': 'Clerk', '1009': storedRtf('{\\rtf1 Due on Friday.\\par}') },
      {
        parts: {
          ...recipients({ '3001': 'Vendor', '39FE': 'v@vendor.example', '0C15': 1 }),
          ...attached({ '3707': 'terms.txt', '3701': bytesOf('Terms') }),
        },
      },
    ),
  );

export const officeFixtures = (): FuzzFixture[] => [
  stored('solicitation/docx/03-attachment-2-price-schedule.docx', 'schedule.docx'),
  {
    fileName: 'prices.xlsx',
    bytes: buildXlsx({
      sheets: [
        {
          rows: [
            ['Item', 'Price'],
            ['Desk', 10],
            ['Chair', 7.5],
          ],
        },
      ],
    }),
  },
  { fileName: 'deck.pptx', bytes: pptx() },
  { fileName: 'notice.odt', bytes: odt() },
  { fileName: 'prices.ods', bytes: ods() },
  { fileName: 'deck.odp', bytes: odp() },
  { fileName: 'notice.rtf', bytes: bytesOf(rtf) },
  stored('legacy-office/cable-repair.doc', 'repair.doc'),
  stored('legacy-office/cable-prices.xls', 'prices.xls'),
  { fileName: 'book.epub', bytes: epub() },
  { fileName: 'message.eml', bytes: bytesOf(mail) },
  { fileName: 'message.msg', bytes: msg() },
  { fileName: 'package.zip', bytes: zipSync({ 'a/terms.txt': strToU8('Terms'), 'b.csv': strToU8('a,b') }) },
];
