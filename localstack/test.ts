/** `npm test`: the checks, and Jest with a PostgreSQL and a Redis of its own. The last line is the count. */
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { findChromium } from '../web/stories/find-chromium.ts';
import './die-with-parent.ts';
import { anyFreePort } from './ports/is-port-taken.ts';
import { findRedisServer } from './redis/find-redis-server.ts';
import { startRedis } from './redis/start-redis.ts';
import { sentenceOf } from './startup-error.ts';
import { checkSteps } from './test-run/check-steps.ts';
import { allButTimed, runJest, timedAlone } from './test-run/run-jest.ts';
import { printStep, runStep, type StepResult } from './test-run/run-step.ts';
import { sum, summary, type TestTally } from './test-run/tally.ts';
import { createTemplate, startTestServer, TEMPLATE } from './test-run/test-databases.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'gateway-test-'));
// As root, PostgreSQL runs as another user, who has to get in.
chmodSync(folder, 0o755);
const failures: string[] = [];
const cleanUps: (() => Promise<void>)[] = [];
let jest: ChildProcess | undefined;
let leaving: Promise<void> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(130));

const tally = await testEverything().catch((error: unknown): TestTally => {
  if (leaving === undefined) console.error(sentenceOf(error));
  return { passed: 0, failed: 1, skipped: 0 };
});
if (tally.failed > 0) failures.push('tests');
if (tally.passed === 0) failures.push('no test passed');
leave(failures.length === 0 ? 0 : 1, summary(tally));

async function testEverything(): Promise<TestTally> {
  const checks = startChecks();
  const env = {
    ...process.env,
    // The same programs are started a hundred times; Node compiles them once.
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    ...(await startDatabases()),
    ...(await startQueue()),
    ...(await prepareBrowserStories()),
  };
  const runTests = async (jestArgs: readonly string[]): Promise<TestTally> => {
    const result = await runJest({ root, folder, args: jestArgs, env, onStart: (child) => (jest = child) });
    if (result.exitCode !== 0 && result.failed === 0) failures.push(`jest (exit code ${result.exitCode})`);
    return result;
  };
  if (args.length > 0) return runTests(args);
  const beside = await runTests(allButTimed);
  failures.push(...(await checks).filter((step) => !step.passed).map((step) => step.name));
  if (leaving !== undefined) return beside;
  console.log('\nThe tests in which time matters, one after the other, now that nothing else runs:');
  return sum(beside, await runTests(timedAlone));
}

/** They run beside the tests. Arguments mean that somebody works on one thing and wants its answer now. */
function startChecks(): Promise<StepResult[]> {
  if (args.length > 0) return Promise.resolve([]);
  const end = new AbortController();
  const checks = checkSteps(root, end.signal);
  cleanUps.push(async () => {
    end.abort();
    await checks;
  });
  return checks;
}

async function startDatabases(): Promise<NodeJS.ProcessEnv> {
  const startedAt = performance.now();
  const server = await startTestServer(folder, process.env);
  cleanUps.push(server.stop);
  await createTemplate(server.adminUrl);
  printStep(server.description, true, performance.now() - startedAt);
  return { TEST_ADMIN_DATABASE_URL: server.adminUrl, TEST_TEMPLATE_DATABASE: TEMPLATE };
}

async function startQueue(): Promise<NodeJS.ProcessEnv> {
  if (process.env['TEST_REDIS_URL']) return {};
  const program = findRedisServer();
  if (program === undefined) return withoutRedis();
  const startedAt = performance.now();
  const redis = await startRedis({ dataDir: join(folder, 'redis'), port: await anyFreePort(), program });
  cleanUps.push(redis.stop);
  printStep('Redis', true, performance.now() - startedAt);
  return { TEST_REDIS_URL: redis.url };
}

function withoutRedis(): NodeJS.ProcessEnv {
  const line =
    'THE REDIS TESTS ARE SKIPPED: neither redis-server nor valkey-server is installed ' +
    '(apt-get install redis-server, or brew install redis).';
  console.log(styleText(['yellow', 'bold'], line));
  if (process.env['CI'] === 'true') failures.push('Redis is missing, which CI must have');
  return {};
}

/** The stories see the web as its sources are now, in whatever Chromium there is. */
async function prepareBrowserStories(): Promise<NodeJS.ProcessEnv> {
  const build = { name: 'web build', command: [join(root, 'localstack', 'web-build', 'main.ts')] };
  if (!(await runStep(build, root)).passed) failures.push(build.name);
  const program = findChromium();
  return program === undefined ? withoutChromium() : { TEST_CHROMIUM: program };
}

function withoutChromium(): NodeJS.ProcessEnv {
  const line =
    'THE BROWSER TESTS ARE SKIPPED: neither Chromium nor Chrome is installed (apt-get install chromium, ' +
    'or brew install --cask chromium), nor does CHROMIUM_PATH name one.';
  console.log(styleText(['yellow', 'bold'], line));
  if (process.env['CI'] === 'true') failures.push('Chromium is missing, which CI must have');
  return {};
}

function leave(exitCode: number, lastLine?: string): void {
  leaving ??= stopAndExit(exitCode, lastLine);
}

async function stopAndExit(exitCode: number, lastLine?: string): Promise<void> {
  jest?.kill('SIGTERM');
  await Promise.allSettled(cleanUps.map((cleanUp) => cleanUp()));
  rmSync(folder, { recursive: true, force: true });
  if (lastLine !== undefined) {
    if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
    console.log(lastLine);
  }
  process.exit(exitCode);
}
