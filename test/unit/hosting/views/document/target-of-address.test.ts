import { describe, expect, it } from '@jest/globals';
import { linkTo } from '../../../../../hosting/src/routes.ts';
import { targetOfAddress } from '../../../../../hosting/src/views/document/target-of-address.ts';

describe('the target of an address', () => {
  it('is what the link was written for', () => {
    const link = linkTo.document('c1', { from: 10, to: 25, blockId: 'b7', page: 3 });
    expect(targetOfAddress(new URL(link, 'https://mdraft.example').search)).toEqual({
      from: 10,
      to: 25,
      blockId: 'b7',
      pageNumber: 3,
    });
  });

  it('leaves out what makes no sense', () => {
    expect(targetOfAddress('?from=5&page=0&block=')).toEqual({});
    expect(targetOfAddress('?from=-1&to=1e9&page=two')).toEqual({});
    expect(targetOfAddress('')).toEqual({});
  });
});
