import { describe, expect, test } from '@jest/globals';
import { abstractList, listInstance, paragraph, run } from './build-docx.ts';
import { write } from './read-docx.ts';

const BOLD = '<w:b/>';
const big = (text: string) => paragraph(run(text, `${BOLD}<w:sz w:val="32"/>`));
const bold = (text: string) => paragraph(run(text, BOLD));
const text = paragraph('The contractor shall deliver.') + paragraph('Every month.');

describe('a document without heading styles', () => {
  test('has its bold or underlined lines as headings, the larger above the smaller', () => {
    const body = big('Scope') + text + bold('Reports') + text + paragraph(run('Dates', '<w:u w:val="single"/>')) + text;
    expect(write({ body }).match(/^#.*$/gm)).toEqual(['# Scope', '## Reports', '## Dates']);
  });

  test('has numbered bold lines as headings with their numbers', () => {
    const item = (words: string) =>
      paragraph(run(words, BOLD), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');
    const numbering = abstractList(0, [['decimal', '%1.']]) + listInstance(1, 0);
    const body = item('Scope') + text + item('Reports') + text;
    expect(write({ body, numbering }).match(/^#.*$/gm)).toEqual(['# 1. Scope', '# 2. Reports']);
  });

  test('has none in title pages, run-in labels, sentences, or where nothing follows', () => {
    const cover = ['Agency', 'Office', 'Street', 'City'].map(bold).join('');
    const label =
      paragraph(`${run('From:', BOLD)}${run(' the office')}`) + bold('Note:') + bold('Do not open this now.');
    expect(write({ body: cover + text + label + text + bold('End') })).not.toMatch(/^#/m);
  });
});

test('A document that marks its headings has no others', () => {
  const marked = (words: string) => paragraph(words, '<w:outlineLvl w:val="0"/>');
  expect(write({ body: marked('One') + text + marked('Two') + bold('Bold') + text }).match(/^#.*$/gm)).toEqual([
    '# One',
    '# Two',
  ]);
});
