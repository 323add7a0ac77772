import { expect, test } from '@jest/globals';
import { write } from './read-html.ts';

test('A short link and a link back make a note, in items and in paragraphs', () => {
  const text = '<p>One<sup><a href="#n1" id="r1">1</a></sup> and two<sup id="r2"><a href="#n2">[2]</a></sup>.</p>';
  expect(
    write(`${text}<ol><li id="n1">First. <a href="#r1">^</a></li><li id="n2">Second. <a href="#r2">^</a></li></ol>`),
  ).toBe('One[^1] and two[^2].\n\n[^1]: First.\n\n[^2]: Second.\n');
  expect(write(`${text}<p id="n1"><a href="#r1">1</a> First.</p><p><a id="n2" href="#r2">2</a> Second.</p>`)).toBe(
    'One[^1] and two[^2].\n\n[^1]: First.\n\n[^2]: Second.\n',
  );
});

test('Notes of pages that Word made are notes', () => {
  const page =
    '<p class=MsoNormal>Text<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1">[1]</a></p>' +
    '<div style="mso-element:footnote-list"><div style="mso-element:footnote" id=ftn1>' +
    '<p><a href="#_ftnref1" name="_ftn1">[1]</a> The note.</p><p>Its end.</p></div></div>';
  expect(write(page)).toBe('Text[^1]\n\n[^1]: The note.\n\n    Its end.\n');
});

test('Links without a way back, contents that are linked from headings, and lists of items are none', () => {
  expect(write('<p>See <a href="#a">1</a></p><p id="a">Text</p>')).toBe('See 1\n\nText\n');
  expect(write('<p id="t"><a href="#s" id="u">1</a></p><h2 id="s"><a href="#u">1 Scope</a></h2>')).toBe(
    '1\n\n## 1 Scope\n',
  );
  const list = '<ol><li id="n">A <a href="#r">^</a></li><li>B</li></ol>';
  expect(write(`<p>x<a href="#n" id="r">1</a></p>${list}`)).toContain('1. A');
});
