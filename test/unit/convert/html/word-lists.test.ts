import { expect, test } from '@jest/globals';
import { write } from './read-html.ts';

const item = (list: string, marker: string, text: string, before = '<![if !supportLists]>') =>
  `<p class=MsoListParagraph style='text-indent:-.25in;mso-list:${list} lfo1'>${before}<span style='font-family:Symbol'>` +
  `<span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${text}</p>`;

test('Paragraphs that Word marks as items are lists, with the markers shown and the depth stated', () => {
  const page =
    item('l0 level1', '·', 'First') +
    item('l0 level2', 'o', 'Below', '<!--[if !supportLists]-->') +
    item('l0 level1', '·', 'Second') +
    '<p class=MsoNormal>Between</p>' +
    item('l1 level1', '(a)', '<b>Third</b>') +
    item('l1 level1', '(b)', 'Fourth');
  expect(write(page)).toBe('- First\n  - Below\n- Second\n\nBetween\n\n- (a) **Third**\n- (b) Fourth\n');
});

test('A table of contents is a list without the dots, and the title a heading', () => {
  const dots = '<span style="mso-tab-count:1 dotted">....... </span>';
  const page = `<p class=MsoTitle>Plan</p><p class=MsoToc1><a href="#a">Scope${dots}2</a></p><p class=MsoToc2>Work${dots}3</p>`;
  expect(write(page)).toBe('# Plan\n\n- Scope 2\n  - Work 3\n');
});
