// Jest starts the longest files first, so that the last minute is not one long story alone. How long each takes it knows
// from the run before, and in a fresh clone from here.
import { createRequire } from 'node:module';
import { relative, sep } from 'node:path';

const require = createRequire(import.meta.url);
const { default: TestSequencer } = createRequire(require.resolve('jest/package.json'))('@jest/test-sequencer');

/** In seconds on two busy cores. Not to be kept up to date: only who is far longer than the others matters. */
export const longFiles = {
  'web/stories/dashboard/pages-of-work.test.ts': 80,
  'web/stories/accessibility.test.ts': 75,
  'web/stories/closing.test.ts': 61,
  'functions/stories/waiting-in-real-time.test.ts': 54,
  'web/stories/dashboard/signing-in-and-home.test.ts': 49,
  'web/stories/dashboard/every-page.test.ts': 47,
  'functions/stories/dying-between-commit-and-answer.test.ts': 39,
  'localstack/test-merchant/shop/buying.test.ts': 39,
  'functions/stories/surviving-a-killed-worker.test.ts': 39,
  'web/stories/declining-and-retrying.test.ts': 37,
  'localstack/commands/verify/verify.test.ts': 35,
  'web/stories/reloading-while-processing.test.ts': 33,
  'web/stories/dashboard/transactions.test.ts': 32,
  'web/stories/dashboard/paying-and-refunding.test.ts': 31,
  'sdk/stories/what-the-frame-says.test.ts': 30,
  'web/stories/narrow-and-large.test.ts': 29,
  'web/stories/dashboard/webhooks.test.ts': 27,
  'web/stories/paying-embedded.test.ts': 23,
  'web/stories/dashboard/docs.test.ts': 23,
  'sdk/stories/pages-of-all-kinds.test.ts': 23,
  'functions/stories/on-aws.test.ts': 22,
  'web/stories/sending-once.test.ts': 22,
  'web/stories/keyboard-only.test.ts': 21,
  'web/stories/dashboard/refunds-and-queues.test.ts': 21,
  'localstack/commands/merchant.test.ts': 20,
  'localstack/commands/redrive.test.ts': 20,
  'sdk/stories/opening-and-closing.test.ts': 20,
  'web/stories/hostile-pages.test.ts': 20,
  'functions/stories/database-down.test.ts': 19,
  'functions/stories/random-lives.test.ts': 19,
  'functions/stories/canary-card.test.ts': 19,
  'functions/stories/jobs-on-sqs.test.ts': 16,
  'web/stories/paying-as-a-page.test.ts': 14,
  'functions/stories/worker-status.test.ts': 14,
};

export default class LongestFirst extends TestSequencer {
  time(test) {
    const path = relative(test.context.config.rootDir, test.path).split(sep).join('/');
    return super.time(test) ?? (longFiles[path] ?? 0) * 1_000;
  }
}
