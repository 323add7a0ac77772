import { describe, expect, test } from '@jest/globals';
import { splitSentences } from '../../../functions/src/analyze/sentences.ts';
import type { Block } from '../../../functions/src/contracts/document.ts';
import { type BlockSpec, buildDocument } from '../../support/build-document.ts';

const textsOf = (spec: BlockSpec): string[] => {
  const document = buildDocument([spec]);
  return document.blocks.flatMap((block) => splitSentences(document.markdown, block)).map(({ text }) => text);
};

describe('A sentence ends', () => {
  test.each([
    [
      'at a stop before a capital',
      'Submit one copy. Late offers are rejected.',
      ['Submit one copy.', 'Late offers are rejected.'],
    ],
    [
      'after quotes and brackets that close behind the stop',
      'Mark it “Original.” Send it (by mail.) Keep one.',
      ['Mark it “Original.”', 'Send it (by mail.)', 'Keep one.'],
    ],
    ['at a question mark', 'Is travel required? No.', ['Is travel required?', 'No.']],
    [
      'at a number that closes it',
      'This is under FAR Part 15. The offeror agrees.',
      ['This is under FAR Part 15.', 'The offeror agrees.'],
    ],
    [
      'after p.m. when no zone follows',
      'Offers close at 2:00 p.m. Late offers are returned.',
      ['Offers close at 2:00 p.m.', 'Late offers are returned.'],
    ],
    [
      'after etc. before a capital',
      'Bring tools, fuel, etc. Wear a helmet.',
      ['Bring tools, fuel, etc.', 'Wear a helmet.'],
    ],
    [
      'after Inc. when the next word starts a sentence',
      'The incumbent is Acme, Inc. The contract ends in May.',
      ['The incumbent is Acme, Inc.', 'The contract ends in May.'],
    ],
    [
      'where a converter lost the blank',
      'Keep the records.The Contractor shall index them.',
      ['Keep the records.', 'The Contractor shall index them.'],
    ],
    ['after the letters of an office', 'Ask the CO. Two copies are kept.', ['Ask the CO.', 'Two copies are kept.']],
    [
      'after a time zone when a clause begins',
      'Doors close at 3:00 PM EST. Bids must be signed.',
      ['Doors close at 3:00 PM EST.', 'Bids must be signed.'],
    ],
    [
      'after a street when a clause begins',
      'Park at 12th St. Vehicles shall use bay 2.',
      ['Park at 12th St.', 'Vehicles shall use bay 2.'],
    ],
    [
      'after a unit when a clause begins',
      'The mast is 6 ft. The crew shall fold it.',
      ['The mast is 6 ft.', 'The crew shall fold it.'],
    ],
    [
      'after a lettered part when a clause begins',
      'Follow Appendix B. Personnel shall sign it.',
      ['Follow Appendix B.', 'Personnel shall sign it.'],
    ],
    [
      'after a numbered level when a clause begins',
      'Staff are at Level I. Testing shall follow.',
      ['Staff are at Level I.', 'Testing shall follow.'],
    ],
    ['before a bullet in running text', 'Provide: • A plan • A schedule', ['Provide:', '• A plan', '• A schedule']],
  ])('%s', (_, markdown, expected) => {
    expect(textsOf(markdown)).toEqual(expected);
  });
});

describe('A sentence goes on', () => {
  test.each([
    ['over e.g. and i.e.', 'Use open formats, e.g. PDF, i.e. no images.'],
    ['over U.S. inside a name', 'Ship to the U.S. Department of Energy by rail.'],
    ['over No. before a number', 'Refer to Solicitation No. 26-R-004 in the subject.'],
    ['over Sec. before a number', 'Comply with Sec. 508 of the Act.'],
    ['over Mr. before a name', 'Call Mr. Lee for access.'],
    ['over Dr. and initials before a name', 'Dr. Voss and J. Smith shall sign.'],
    ['over a revision and its letter', 'Rev. C welds must be used.'],
    ['over a saint in the name of a town', 'Crews in St. Louis must answer.'],
    ['over U.S. before a noun that a modal follows', 'The U.S. Forest Service shall inspect it.'],
    ['over a figure’s letter', 'See Fig. A for the bolts.'],
    ['over Inc. inside a name', 'Acme, Inc. Federal Systems holds the contract.'],
    ['over decimals and money', 'The limit is 2.5 MB and $1.2 million.'],
    ['over section numbers', 'See L.4.2.1(b) and M.3.1 for details.'],
    ['over a time with its zone', 'Offers are due at 2:00 p.m. EST on May 3.'],
    [
      'over e-mail addresses and links',
      'Write to ann.lee@agency.example.gov or https://www.agency.example.gov/a.b?c=d.e today.',
    ],
    ['over an ellipsis in the middle', 'Insert the text ... then sign.'],
    ['over spaced dot leaders', 'General Objectives . . . . . . 4'],
    ['over the enumerator that opens it', 'a. Submit the plan.'],
    ['over semicolons and "and" at the end of a fragment', 'Perform testing; and'],
  ])('%s', (_, markdown) => {
    expect(textsOf(markdown)).toEqual([markdown]);
  });
});

describe('What is one unit and what is not', () => {
  test('A heading is one unit even with two stops in it', () => {
    expect(textsOf('# 1. Scope. General. The works')).toHaveLength(1);
  });

  test.each(['caption', 'code', 'figure'] as const)('A %s is one unit', (kind) => {
    expect(textsOf({ kind, markdown: 'One thing. Another thing.' })).toHaveLength(1);
  });

  test('A table cell and a list item with two sentences give two', () => {
    const table: BlockSpec = { kind: 'table', rows: [['Standard'], ['Respond in an hour. Close in a day.']] };
    expect(textsOf(table)).toEqual(['Standard', 'Respond in an hour.', 'Close in a day.']);
    expect(textsOf('- Submit a plan. Update it monthly.')).toHaveLength(2);
    expect(textsOf({ kind: 'form_field', markdown: 'The offeror shall sign. It shall return a copy.' })).toHaveLength(
      2,
    );
  });

  test('A running line is not in the Markdown and gives no sentence here', () => {
    expect(textsOf({ kind: 'header_footer', text: 'Page 1 of 9' })).toEqual([]);
  });
});

describe('The text of a sentence', () => {
  test.each([
    ['The **Contractor** shall _not_ use `rm`.', 'The Contractor shall not use rm.'],
    ['See [the policy](https://a.example/x "Title here") now.', 'See the policy now.'],
    ['Fees &amp; costs &lt; 5&nbsp;% &#8212; net.', 'Fees & costs < 5 % — net.'],
    ['One line<br>and the <u>next</u>.', 'One line and the next.'],
    ['Two\nlines  with   blanks.', 'Two lines with blanks.'],
    ['A \\*star\\* and 2 * 3 = 6.', 'A *star* and 2 * 3 = 6.'],
    ['Name: ________ and snake_case_word.', 'Name: ________ and snake_case_word.'],
    ['Insert <Offeror Name> here.', 'Insert <Offeror Name> here.'],
  ])('%s reads %s', (markdown, expected) => {
    expect(textsOf(markdown)).toEqual([expected]);
  });
});

describe('Indented prose', () => {
  test('with words that bind is read like a paragraph', () => {
    const markdown = '    The Contractor shall keep a log.\n    It must name each visitor.';
    expect(textsOf({ kind: 'code', markdown })).toEqual([
      'The Contractor shall keep a log.',
      'It must name each visitor.',
    ]);
  });

  test.each([
    ['in a fence', '```\nThe Contractor shall keep a log. It must be full.\n```'],
    ['that is a program', 'if (ready) { The must(run); } return what it shall be;'],
    ['that binds nobody', 'Alpha beta gamma delta epsilon. Zeta eta theta.'],
  ])('%s stays one unit', (_, markdown) => {
    expect(textsOf({ kind: 'code', markdown })).toHaveLength(1);
  });

  test('stays one unit when the fence stands outside the block', () => {
    const document = buildDocument([{ kind: 'paragraph', markdown: '```text' }]);
    const body = 'The Contractor shall keep a log. It must be full.';
    const markdown = `${document.markdown}\n${body}\n\`\`\``;
    const [block] = buildDocument([{ kind: 'code', markdown: body }]).blocks as [Block];
    const charStart = document.markdown.length + 1;
    expect(splitSentences(markdown, { ...block, charStart, charEnd: charStart + body.length })).toHaveLength(1);
  });
});

test('Offsets cut out the sentence with the marks that belong to it', () => {
  const document = buildDocument(['Keep it. **Sign it.** Send [a copy.](https://a.example/x) Done.']);
  const [block] = document.blocks;
  const cut = splitSentences(document.markdown, block as Block).map(({ charStart, charEnd }) =>
    document.markdown.slice(charStart, charEnd),
  );
  expect(cut).toEqual(['Keep it.', '**Sign it.**', 'Send [a copy.](https://a.example/x)', 'Done.']);
});

const PIECES = [
  'Submit it.',
  ' ',
  '\n',
  '**',
  '_x_',
  'U.S. ',
  'e.g. ',
  '&amp;',
  '&bogus;',
  '<br>',
  '<b>',
  '</b>',
  '<!-- a. B -->',
  '[a. B](http://x.y "t. U")',
  '[',
  '](',
  ')',
  '\\*',
  '\\',
  '...',
  '…',
  '? ',
  '! ',
  '“Q.” ',
  '(a) ',
  '1. ',
  'L.4.2 ',
  '`c. D`',
  '~~',
  '> ',
  '\n> ',
  '•',
  ' • ',
  '\u00ad',
  '\u200b',
  'é',
  '😀',
  '12:00 p.m. ',
  'The end. ',
  '|',
  '#',
  '## ',
  '___',
];

/** A small linear congruential generator: the same seed gives the same text. */
const randomText = (seed: number): string => {
  let state = seed;
  return Array.from({ length: 40 }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return PIECES[Math.floor((state / 2147483648) * PIECES.length)] ?? '';
  }).join('');
};

test('Each character that is not white is in exactly one sentence, in order, for 400 random texts', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const document = buildDocument([{ kind: 'paragraph', markdown: randomText(seed) }]);
    const [block] = document.blocks as [Block];
    const sentences = splitSentences(document.markdown, block);
    let covered = '';
    let position = 0;
    for (const { charStart, charEnd } of sentences) {
      expect(charStart).toBeGreaterThanOrEqual(position);
      expect(charEnd).toBeGreaterThan(charStart);
      covered += document.markdown.slice(charStart, charEnd);
      position = charEnd;
    }
    const everything = document.markdown.slice(block.charStart ?? 0, block.charEnd ?? 0);
    expect(covered.replace(/\s/g, '')).toBe(everything.replace(/\s/g, ''));
  }
});
