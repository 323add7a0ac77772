import { describe, expect, it } from '@jest/globals';
import { findBrowser } from '../../../../scripts/page/find-browser.ts';

describe('the browser for the tests of the page', () => {
  it('is the first that is installed in a usual place', () => {
    expect(findBrowser({}, (path) => path.includes('google-chrome'))).toEqual({ path: '/usr/bin/google-chrome' });
  });

  it('is the named one and no other, also when others are installed', () => {
    const environment = { CHROMIUM_PATH: '/opt/chromium' };
    expect(findBrowser(environment, () => true)).toEqual({ path: '/opt/chromium' });
    expect(findBrowser(environment, (path) => path !== '/opt/chromium')).toMatchObject({ missing: 'browser' });
  });

  it('is missed with a word on how to get one', () => {
    expect(findBrowser({}, () => false)).toMatchObject({ hint: expect.stringContaining('apt-get install chromium') });
  });
});
