import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { variables } from '../../shared/runtime/variables.ts';
import { startApi } from '../../shared/testing/start-api.ts';
import { startWorker, type TestWorker } from '../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const run = promisify(execFile);

describe('the README', () => {
  const { env, sql } = useTestGateway({ TEST_PROCESSING_DELAY: '100' });
  let api: Awaited<ReturnType<typeof startApi>>;
  let worker: TestWorker;

  beforeAll(async () => {
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
  }, 30_000);
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
  });

  /** Ids and times differ from one payment to the next, and nothing else does. */
  const neutral = (answer: string) =>
    answer
      .trim()
      .replace(/(order|pay|rfnd)_[A-Za-z0-9]{16}/g, '$1_X')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T');

  test('its first payment and its refund answer as it says, byte for byte', async () => {
    const section = readme.slice(readme.indexOf('## A first payment'), readme.indexOf('Three to five seconds later'));
    const steps = [...section.matchAll(/```bash\n([^`]*)```\s+[^`]*```text\n([^`]*)```/g)];
    expect(steps).toHaveLength(4);
    const ids = new Map<string, string>();
    for (const [, command = '', answer = ''] of steps) {
      let script = command.replaceAll('http://localhost:8000', api.url);
      for (const [written, real] of ids) script = script.replaceAll(written, real);
      // Whoever types it reads a little before they look.
      if (command.includes('/payments/') && !command.includes('/refunds'))
        await until(
          'the payment is settled',
          async () => !(await sql('select from payments where status = $1', ['pending'])).length,
          1_500,
        );
      const { stdout } = await run('bash', ['-c', script]);
      expect(neutral(stdout)).toBe(neutral(answer));
      ids.set(JSON.parse(answer).id, JSON.parse(stdout).id);
    }
  });

  test('its table has every setting with its true default', () => {
    const rows = readme
      .slice(readme.indexOf('<!-- configuration -->'), readme.indexOf('<!-- /configuration -->'))
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
    expect(rows.map(([, name, standard, about]) => [name, standard, about])).toEqual(
      Object.entries(variables).map(([name, variable]) => [name, variable.default ?? '', variable.about]),
    );
  });
});
