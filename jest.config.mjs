export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{functions,shared,localstack,web,sdk}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  globalSetup: '<rootDir>/localstack/test-run/guard-jest.mjs',
  testSequencer: '<rootDir>/localstack/test-run/longest-first.mjs',
  testTimeout: 30_000,
  // The stories wait for processes and clocks more than they compute, so more of them than cores run at once.
  maxWorkers: 3,
};
