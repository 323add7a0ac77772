import { describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { MATRIX_COLUMNS } from '../../../../functions/src/export/matrix-columns.ts';
import { toXlsx } from '../../../../functions/src/export/xlsx/index.ts';
import { sampleAnalysis, sampleRow } from '../sample-analysis.ts';

const sheets = async (bytes: Uint8Array) => {
  const read = await readXlsxFile(Buffer.from(bytes));
  return new Map(read.map(({ sheet, data }) => [sheet, data]));
};

const part = (bytes: Uint8Array, name: string): string => {
  const found = unzipSync(bytes)[name];
  if (!found) throw new Error(`no part ${name}`);
  return strFromU8(found);
};

const index = (key: string): number => MATRIX_COLUMNS.findIndex((column) => column.key === key);

describe('read back by another library', () => {
  test('There is a sheet for the matrix and one for each thing that a person has to look at', async () => {
    expect([...(await sheets(toXlsx(sampleAnalysis()))).keys()]).toEqual([
      'Compliance matrix',
      'Needs review',
      'Unresolved',
      'Excluded',
      'Coverage',
      'Documents',
    ]);
  });

  test('The matrix holds every row with the values of the one column table', async () => {
    const matrix = (await sheets(toXlsx(sampleAnalysis()))).get('Compliance matrix');
    expect(matrix?.[0]).toEqual(MATRIX_COLUMNS.map(({ header }) => header));
    expect(matrix).toHaveLength(3);
    expect(matrix?.[1]?.[index('requirement')]).toBe('The offeror shall submit three volumes.');
    expect(matrix?.[1]?.[index('page')]).toBe(12);
    expect(matrix?.[2]?.[index('status')]).toBe('Non-compliant but accepted');
  });

  test.each([
    '=HYPERLINK("http://x")',
    '-5 °C to +40 °C',
    '<b>&"quoted"\u0027</b>',
    ' leading and trailing ',
    'a\nb',
    '_x0041_',
    'Ünïcode 漢字 😀',
  ])('The text %j stands in its cell unchanged', async (requirementText) => {
    const matrix = (await sheets(toXlsx(sampleAnalysis({ rows: [sampleRow({ requirementText })] })))).get(
      'Compliance matrix',
    );
    const read = String(matrix?.[1]?.[index('requirement')]);
    /** The reader trims cells and does not decode Excel's underscore escapes. */
    expect(read.replace('_x005F_', '_')).toBe(requirementText.trim());
  });

  test('Only rows that need review stand on the review sheet, with the reason', async () => {
    const review = (await sheets(toXlsx(sampleAnalysis()))).get('Needs review');
    expect(review?.slice(1).map((row) => row[0])).toEqual(['C-001']);
    expect(review?.[1]?.at(-1)).toBe('The text does not say who has to act.');
  });

  test('The unresolved sheet quotes each sentence and its page', async () => {
    const unresolved = (await sheets(toXlsx(sampleAnalysis()))).get('Unresolved');
    expect(unresolved?.[1]?.slice(3, 5)).toEqual([12, 'Quotes should be firm, if practicable.']);
  });

  test('The excluded sheet has every excluded sentence with its place, its text and the reason in words', async () => {
    const excluded = (await sheets(toXlsx(sampleAnalysis()))).get('Excluded')?.map((row) => row.slice(0, 5));
    expect(excluded).toEqual([
      ['Source document', 'Page', 'Section title', 'Sentence', 'Reason'],
      ['solicitation.pdf', 12, null, 'L.4 Proposal format', 'Heading'],
      ['solicitation.pdf', 12, null, 'The library opened in 1911.', 'Informational'],
      ['solicitation.pdf', 12, 'L.4.2 Volumes', 'L.4.2 Volumes', 'Heading'],
      ['solicitation.pdf', 12, null, 'Solicitation 12-R-7', 'Running head or foot'],
      ['solicitation.pdf', 12, 'L.4.2 Volumes', 'Volume and page limit', 'Heading'],
    ]);
  });

  test('A document without text is named on the coverage sheet', async () => {
    const { documents } = sampleAnalysis();
    const analysis = sampleAnalysis({ coverage: { documentsWithoutText: [documents[0]?.documentId ?? ''] } });
    const coverage = (await sheets(toXlsx(analysis))).get('Coverage') ?? [];
    expect(coverage).toContainEqual(['solicitation.pdf', null, 'No text was found.']);
  });

  test('The coverage sheet has the counts per reason, the pages without text and the failed parts', async () => {
    const analysis = sampleAnalysis({ coverage: { chunks: { planned: 3, done: 2, failed: ['window 2'] } } });
    const coverage = (await sheets(toXlsx(analysis))).get('Coverage') ?? [];
    const rows = coverage.map((row) => row.slice(0, 2));
    expect(rows).toContainEqual(['Sentences', 8]);
    expect(rows).toContainEqual(['Heading', 3]);
    expect(rows).toContainEqual(['Complete', 'No']);
    expect(coverage).toContainEqual(['solicitation.pdf', 2, 'Page 3–4']);
    expect(coverage).toContainEqual([null, null, 'window 2']);
    const headings = rows.map(([first]) => first);
    expect(headings).toContain('Where every sentence went');
    expect(headings).toContain('Pieces of text (chunks) analysed');
  });

  test('The messages of a conversion stand beside its document', async () => {
    const [document] = sampleAnalysis().documents;
    if (document === undefined) throw new Error('no document');
    const text = 'Pages 1–17 were read by text recognition. Compare what matters with the original.';
    const messages = [{ level: 'info' as const, code: 'TEXT_RECOGNISED', text }, ...document.messages];
    const rows = (await sheets(toXlsx({ documents: [{ ...document, messages }] }))).get('Documents');
    expect(JSON.stringify(rows)).toContain(text);
  });

  test('An analysis without a matrix still lists its documents', async () => {
    const { documents } = sampleAnalysis();
    expect([...(await sheets(toXlsx({ documents }))).keys()]).toEqual(['Documents']);
  });
});

describe('the parts as they are written', () => {
  const bytes = toXlsx(sampleAnalysis());
  const matrix = part(bytes, 'xl/worksheets/sheet1.xml');

  test.each(['status', 'compliance', 'obligation', 'risk'])('The column %s offers its choices in a list', (key) => {
    const column = MATRIX_COLUMNS[index(key)];
    expect(matrix).toContain(`<formula1>"${column?.choices?.join(',')}"</formula1>`);
  });

  test('The header row and the ID stay in sight, and the whole list can be filtered', () => {
    expect(matrix).toContain('<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>');
    expect(matrix).toMatch(/<autoFilter ref="A1:[A-Z]+3"\/>/);
  });

  test('The excluded sheet keeps its header in sight and can be filtered by reason', () => {
    const excluded = part(bytes, 'xl/worksheets/sheet4.xml');
    expect(excluded).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(excluded).toContain('<autoFilter ref="A1:H6"/>');
  });

  test('Elements stand in the order without which Excel refuses the file', () => {
    const order = [
      '<sheetPr>',
      '<dimension',
      '<sheetViews>',
      '<sheetFormatPr',
      '<cols>',
      '<sheetData>',
      '<autoFilter',
      '<conditionalFormatting',
      '<dataValidations',
      '<pageMargins',
      '<pageSetup',
      '<headerFooter>',
    ];
    const positions = order.map((tag) => matrix.indexOf(tag));
    expect(positions.every((position) => position > 0)).toBe(true);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  test('It prints in landscape, with the header row on every page and with the working columns only', () => {
    expect(matrix).toContain('<pageSetup paperSize="3" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
    const workbook = part(bytes, 'xl/workbook.xml');
    expect(workbook).toContain("'Compliance matrix'!$1:$1");
    expect(workbook).toMatch(/Print_Area" localSheetId="0">'Compliance matrix'!\$A\$1:\$R\$3</);
  });

  test('Text that begins like a formula is marked as text, so that editing the cell does not run it', () => {
    const armed = toXlsx(sampleAnalysis({ rows: [sampleRow({ requirementText: '=1+1' })] }));
    const styles = part(armed, 'xl/styles.xml');
    const formats = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/<xf [^>]*>/g)].map(([xf]) => xf);
    const requirement = /<c r="E2" s="(\d+)" t="s">/.exec(part(armed, 'xl/worksheets/sheet1.xml'));
    expect(formats[Number(requirement?.[1])]).toContain('quotePrefix="1"');
    expect(part(armed, 'xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  test('Every style that a cell names exists', () => {
    const styles = part(bytes, 'xl/styles.xml');
    const formats = Number(/<cellXfs count="(\d+)"/.exec(styles)?.[1]);
    const named = [...matrix.matchAll(/ s="(\d+)"/g)].map(([, style]) => Number(style));
    expect(Math.max(...named)).toBeLessThan(formats);
    const differential = Number(/<dxfs count="(\d+)"/.exec(styles)?.[1]);
    const tints = [...matrix.matchAll(/dxfId="(\d+)"/g)].map(([, tint]) => Number(tint));
    expect(Math.max(...tints)).toBeLessThan(differential);
  });

  test('The time zone of the machine does not change a byte', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Pacific/Kiritimati';
    const far = toXlsx(sampleAnalysis());
    process.env.TZ = zone ?? 'UTC';
    expect(far).toEqual(bytes);
  });

  test('A matrix without rows is a valid sheet without filter or lists', () => {
    const empty = part(toXlsx(sampleAnalysis({ rows: [] })), 'xl/worksheets/sheet1.xml');
    expect(empty).not.toContain('autoFilter');
    expect(empty).not.toContain('dataValidation');
  });
});
