import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { useTestGateway } from '../../../shared/testing/test-gateway.ts';

const command = fileURLToPath(new URL('../doctor.ts', import.meta.url));

type Ended = { status: number | null; out: string; err: string };

/** Runs the command as `npm run doctor` does. No stack is found in a data folder that is not there. */
function runDoctor(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, GATEWAY_DATA_DIR: '/nowhere', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended: Ended = { status: null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (ended.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (ended.err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (status) => resolve({ ...ended, status })));
}

describe('npm run doctor', () => {
  const { sql, env } = useTestGateway();

  test('ends with 0 and one JSON object when all is well', async () => {
    await sql(`insert into worker_heartbeats values (gen_random_uuid(), gateway_now() + interval '1 h')`);
    const { status, out, err } = await runDoctor(env, '--json');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: true, faults: 0, not_examined: 0 });
  });

  test('ends with 1 and says on the screen what is wrong', async () => {
    await sql(`insert into simulated_charges values ('pay_nosuchpayment00000', 500, 'INR', 'APPROVED')`);
    const { status, out, err } = await runDoctor(env);
    expect({ status, err }).toEqual({ status: 1, err: '' });
    expect(out).toContain('✗ charge-has-its-success');
    expect(out).toContain('pay_nosuchpayment00000: the acquirer took 500 INR');
    // No colours where no terminal is.
    expect(out).not.toContain('\u001b[');
  });

  test('ends with 1 and no stack when the database is away', async () => {
    const { status, out, err } = await runDoctor({ ...env, DATABASE_URL: 'postgres://u:p@127.0.0.1:1/none' });
    expect({ status, err }).toEqual({ status: 1, err: '' });
    expect(out).toMatch(/The database cannot be used: connect ECONNREFUSED/);
    expect(out).not.toMatch(/\n {4}at /);
  });

  test('ends with 2 when it cannot be run', async () => {
    const unknown = await runDoctor(env, '--jsn');
    expect(unknown).toMatchObject({ status: 2, out: '', err: expect.stringContaining("Unknown option '--jsn'") });
    const nowhere = await runDoctor({ ...env, DATABASE_URL: '', GATEWAY_MODE: '' });
    expect(nowhere).toMatchObject({ status: 2, out: '', err: expect.stringContaining('no gateway to examine') });
  });

  test('helps', async () => {
    expect(await runDoctor(env, '--help')).toMatchObject({
      status: 0,
      out: expect.stringContaining('Exit status: 0 no fault'),
    });
  });
});
