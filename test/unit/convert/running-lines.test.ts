import { expect, test } from '@jest/globals';
import { analyzePackage } from '../../../functions/src/analyze/index.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { buildDocx, paragraph } from './docx/build-docx.ts';
import { buildXlsx } from './xlsx/build-xlsx.ts';

const limits = { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6, unpackedBytes: 1e8 };
const DUTY = 'The Contractor shall sweep the floor each night.';
const docx = buildDocx({
  body: paragraph(DUTY),
  relationships: '<Relationship Id="h" Type="x/header" Target="header1.xml"/>',
  more: { 'word/header1.xml': `<w:hdr>${paragraph('The Contractor shall not read this line.')}</w:hdr>` },
});
const footer = '<headerFooter><oddFooter>&amp;LThe Contractor shall not read this line.</oddFooter></headerFooter>';
const xlsx = buildXlsx({ sheets: [{ rows: [[DUTY]], after: footer }] });

test.each([
  ['a.docx', docx],
  ['a.xlsx', xlsx],
])('Running lines of %s are no requirements, and the ledger names them', async (fileName, bytes) => {
  const document = await createConverter({ pdfiumWasm: new Uint8Array() }).convert({ bytes, fileName }, limits);
  const { complianceMatrix } = analyzePackage([document], ['compliance-matrix']);
  const running = document.blocks.filter(({ kind }) => kind === 'header_footer').map(({ blockId }) => blockId);
  const { excluded = [], unresolved = [] } = complianceMatrix?.coverage ?? {};
  const named = [...excluded.map(({ source }) => source), ...unresolved].filter(({ blockId }) =>
    running.includes(blockId),
  );
  expect(running).toHaveLength(1);
  expect(named.map(({ blockId }) => blockId)).toEqual(running);
  expect(complianceMatrix?.rows.map(({ requirementText }) => requirementText)).toEqual([DUTY]);
  expect(document.markdown).not.toContain('not read this line');
});
