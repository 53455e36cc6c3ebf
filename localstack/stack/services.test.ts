import { afterEach, expect, test } from '@jest/globals';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { useTestGateway } from '../../shared/testing/test-gateway.ts';
import type { Running } from '../processes/running.ts';
import { launch } from '../processes/service.ts';
import { workerService } from './services.ts';

const { env } = useTestGateway();
const root = join(import.meta.dirname, '..', '..');
let running: Running | undefined;

afterEach(() => running?.stop());

test('the worker steps back for whoever waits for an answer, once it is ready', async () => {
  const lines: string[] = [];
  const surroundings = { root, env: { ...process.env, ...env }, onLine: (line: string) => void lines.push(line) };
  running = await launch(workerService(surroundings));
  expect(lines).toContain('worker ready');
  expect(getPriority(running.pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
});
