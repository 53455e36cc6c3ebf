import { describe, expect, test } from '@jest/globals';
import { knock } from '../../shared/testing/knock.ts';
import { startWorker } from '../../shared/testing/start-worker.ts';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import { until } from '../../shared/testing/until.ts';
import { handler as jobsStatus } from '../http/test/get-jobs-status.ts';

describe('the worker status', () => {
  const { env } = useTestGateway();
  const status = async () => (await knock(jobsStatus, { method: 'GET', headers: {} })).json.worker_status;

  test('is running with a worker, stopped without, and stopped within 15 s of a kill', async () => {
    expect(await status()).toBe('stopped');
    const first = await startWorker(env);
    await until('it runs', async () => (await status()) === 'running');
    await first.stop();
    expect(await status()).toBe('stopped');
    const second = await startWorker(env);
    await until('it runs again', async () => (await status()) === 'running');
    await second.kill();
    expect(await status()).toBe('running');
    await until('its silence is noticed', async () => (await status()) === 'stopped', 15_000);
  }, 60_000);
});
