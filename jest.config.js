/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/jest.transform.js' },
  modulePathIgnorePatterns: ['<rootDir>/out', '<rootDir>/dist'],
  globalSetup: '<rootDir>/test/support/before-all-files.ts',
  globalTeardown: '<rootDir>/test/support/after-all-files.ts',
  testTimeout: 60_000,
};
