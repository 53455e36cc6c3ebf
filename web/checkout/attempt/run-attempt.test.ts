import { expect, test } from '@jest/globals';
import { ApiError } from '../../api/api-error.ts';
import type { GatewayApi } from '../../api/gateway-api.ts';
import { type Attempt, sendAttempt, watchPayment } from './attempt.ts';
import { runAttempt, type Surroundings } from './run-attempt.ts';

const body = { order_id: 'order_1', method: 'upi', vpa: 'success@test' } as const;

/** A gateway that answers from a script, and time that passes by itself. */
function scripted(answers: (ApiError | { id: string; status?: string })[]) {
  const calls: string[] = [];
  let nowMs = 0;
  let keys = 1;
  const answer = async (call: string): Promise<any> => {
    calls.push(call);
    const next = answers.shift();
    if (next === undefined) throw new Error('Nobody expected this call');
    if (next instanceof ApiError) throw next;
    return next;
  };
  const api: GatewayApi = {
    readOrder: (id) => answer(`order ${id}`),
    readPayment: (id) => answer(`read ${id}`),
    createPayment: (_body, key) => answer(`create under ${key}`),
  };
  const surroundings: Surroundings = {
    api,
    now: () => nowMs,
    newKey: () => `key-${++keys}`,
    sleep: async (ms) => {
      nowMs += ms;
    },
    online: async () => undefined,
  };
  return { calls, surroundings };
}

async function run(answers: Parameters<typeof scripted>[0], start = sendAttempt('key-1', 0) as any) {
  const { calls, surroundings } = scripted(answers);
  const steps: Attempt[] = [];
  await runAttempt(start, start.step === 'sending' ? body : null, surroundings, (step) => void steps.push(step));
  return { calls, steps: steps.map(({ step }) => step), last: steps.at(-1) };
}

test('sends once and asks until there is an answer', async () => {
  const { calls, steps } = await run([
    { id: 'pay_1' },
    { id: 'pay_1', status: 'pending' },
    { id: 'pay_1', status: 'success' },
  ]);
  expect(calls).toEqual(['create under key-1', 'read pay_1', 'read pay_1']);
  expect(steps).toEqual(['sending', 'polling', 'polling', 'succeeded']);
});

test('a lost answer is asked for again under the same key', async () => {
  const lost = new ApiError('NETWORK', 'x');
  const { calls } = await run([lost, lost, { id: 'pay_1' }, { id: 'pay_1', status: 'failed' }]);
  expect(calls).toEqual(['create under key-1', 'create under key-1', 'create under key-1', 'read pay_1']);
});

test('a key that stands for something else gives way to a fresh one', async () => {
  const reused = new ApiError('IDEMPOTENCY_KEY_REUSED', 'x');
  const { calls } = await run([reused, { id: 'pay_2' }, { id: 'pay_2', status: 'success' }]);
  expect(calls[0]).toBe('create under key-1');
  expect(calls[1]).toMatch(/^create under key-[2-9]/);
});

test('watching a payment never creates one', async () => {
  const { calls, last } = await run([new ApiError('NOT_FOUND_ERROR', 'x')], watchPayment('pay_1', 0));
  expect(calls).toEqual(['read pay_1']);
  expect(last).toMatchObject({ step: 'refused' });
});

test('without a network nothing is sent; then it continues by itself', async () => {
  const { calls, surroundings } = scripted([{ id: 'pay_1' }, { id: 'pay_1', status: 'success' }]);
  let comeBack = () => {};
  const back = new Promise<void>((resolve) => (comeBack = resolve));
  const running = runAttempt(sendAttempt('key-1', 0), body, { ...surroundings, online: () => back }, () => {});
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(calls).toEqual([]);
  comeBack();
  await running;
  expect(calls).toHaveLength(2);
});
