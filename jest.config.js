/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/jest.transform.js' },
  modulePathIgnorePatterns: ['<rootDir>/out', '<rootDir>/dist'],
  testTimeout: 60_000,
};
