import { describe, expect, test } from '@jest/globals';
import type { PaymentFailure } from '../contracts/errors.ts';
import { instruments } from '../contracts/instruments.ts';
import type { Instrument } from './acquirer.ts';
import { simulatedAcquirer } from './simulated-acquirer.ts';

const rules = {
  GATEWAY_MODE: 'sandbox' as 'sandbox' | 'production',
  TEST_MODE: false,
  TEST_PROCESSING_DELAY: 1_000,
  TEST_PAYMENT_SUCCESS: true,
  PROCESSING_DELAY_MIN: 5_000,
  PROCESSING_DELAY_MAX: 10_000,
  UPI_SUCCESS_RATE: 0.9,
  CARD_SUCCESS_RATE: 0.95,
  UPI_COLLECT_TIMEOUT: 300_000,
  REFUND_PROCESSING_DELAY: undefined as number | undefined,
};

/** What the database's ledgers do, in memory. */
function ledgersInMemory() {
  const entries = new Map<string, string>();
  const enter = async (id: string, outcome: string) => {
    if (!entries.has(id)) entries.set(id, outcome);
    return entries.get(id)!;
  };
  return {
    charges: (entry: { paymentId: string; outcome: string }) => enter(entry.paymentId, entry.outcome),
    refunds: (entry: { refundId: string; outcome: string }) => enter(entry.refundId, entry.outcome),
  };
}

const acquirer = (change: Partial<typeof rules> = {}, random = () => 0) =>
  simulatedAcquirer({ ...rules, ...change }, ledgersInMemory(), random);
const money = { amountMinor: 50_000, currency: 'INR' };

async function pay(instrument: Instrument, change: Partial<typeof rules> = {}, random = () => 0) {
  const bank = acquirer(change, random);
  const { reference, readyInMs } = await bank.present(instrument);
  return { readyInMs, ...(await bank.charge({ paymentId: 'pay_1', reference, ...money })) };
}

const upi = (vpa: string): Instrument => ({ method: 'upi', vpa });
const card = (number: string): Instrument => ({ method: 'card', number });
const approved = { outcome: 'approved' };
const refused = (reason: PaymentFailure) => ({ outcome: 'refused', reason });

describe('an instrument with a fixed outcome', () => {
  const table = [
    ['4111111111111111', approved],
    ['5555555555554444', approved],
    ['378282246310005', approved],
    ['6011111111111117', approved],
    ['4000000000005126', approved],
    ['4000000000000002', refused('PAYMENT_FAILED')],
    ['4000000000009995', refused('INSUFFICIENT_FUNDS')],
    ['4000000000000069', refused('EXPIRED_CARD')],
    ['4000000000000127', refused('INCORRECT_CVV')],
    ['4000000000000119', refused('PROCESSING_ERROR')],
    ['success@test', approved],
    ['refundfail@test', approved],
    ['failure@test', refused('PAYMENT_FAILED')],
    ['insufficient@test', refused('INSUFFICIENT_FUNDS')],
    ['timeout@test', refused('PAYMENT_TIMEOUT')],
  ] as const;

  test.each(table)('%s has it, whatever mode and rates say', async (value, outcome) => {
    const instrument = value.includes('@') ? upi(value) : card(value);
    const luckless = { UPI_SUCCESS_RATE: 0, CARD_SUCCESS_RATE: 0, TEST_PAYMENT_SUCCESS: false };
    const lucky = { UPI_SUCCESS_RATE: 1, CARD_SUCCESS_RATE: 1, TEST_PAYMENT_SUCCESS: true };
    for (const TEST_MODE of [true, false]) {
      expect(await pay(instrument, { ...luckless, TEST_MODE }, () => 0.999)).toMatchObject(outcome);
      expect(await pay(instrument, { ...lucky, TEST_MODE })).toMatchObject(outcome);
    }
  });

  test('is in this table if it is in the contract', () => {
    expect(table.map(([value]) => value).sort()).toEqual(instruments.map(({ value }) => value).sort());
  });

  test('is known however its VPA is written, as banks do it', async () => {
    expect(await pay(upi('Insufficient@TEST'))).toMatchObject(refused('INSUFFICIENT_FUNDS'));
  });

  test('takes as long as any other', async () => {
    expect(await pay(upi('success@test'))).toMatchObject({ readyInMs: 5_000 });
    expect(await pay(card('4000000000000002'), { TEST_MODE: true })).toMatchObject({ readyInMs: 1_000 });
  });

  test('timeout@test waits for the payer to the last, in test mode too', async () => {
    expect(await pay(upi('timeout@test'))).toMatchObject({ readyInMs: 300_000 });
    expect(await pay(upi('timeout@test'), { TEST_MODE: true, UPI_COLLECT_TIMEOUT: 7 })).toMatchObject({ readyInMs: 7 });
  });

  test('is none for the other method', async () => {
    expect(await pay(upi('4000000000000002'), { TEST_MODE: true })).toMatchObject(approved);
  });
});

describe('outside test mode', () => {
  test.each([
    ['upi', 0.8999, approved],
    ['upi', 0.9, refused('PAYMENT_FAILED')],
    ['card', 0.9499, approved],
    ['card', 0.95, refused('PAYMENT_FAILED')],
  ] as const)('%s with chance %d', async (method, chance, outcome) => {
    const instrument = method === 'upi' ? upi('asha@okbank') : card('4012888888881881');
    expect(await pay(instrument, {}, () => chance)).toMatchObject(outcome);
  });

  test('a rate of 0 never succeeds and a rate of 1 always does', async () => {
    expect(await pay(upi('asha@okbank'), { UPI_SUCCESS_RATE: 0 }, () => 0)).toMatchObject(refused('PAYMENT_FAILED'));
    expect(await pay(upi('asha@okbank'), { UPI_SUCCESS_RATE: 1 }, () => 0.999999999)).toMatchObject(approved);
  });

  test.each([
    [0, 5_000],
    [0.5, 7_500],
    [0.999999999, 10_000],
  ])('chance %d makes it %d milliseconds', async (chance, readyInMs) => {
    expect(await pay(upi('asha@okbank'), {}, () => chance)).toMatchObject({ readyInMs });
  });

  test('the range has variables', async () => {
    const range = { PROCESSING_DELAY_MIN: 3, PROCESSING_DELAY_MAX: 3 };
    expect(await pay(upi('asha@okbank'), range, () => 0.7)).toMatchObject({ readyInMs: 3 });
  });
});

describe('in test mode', () => {
  const luckless = { TEST_MODE: true, UPI_SUCCESS_RATE: 0, CARD_SUCCESS_RATE: 0 };

  test.each([upi('asha@okbank'), card('4012888888881881')])(
    '%j succeeds after exactly the delay',
    async (instrument) => {
      expect(await pay(instrument, luckless, () => 0.999)).toEqual({ outcome: 'approved', readyInMs: 1_000 });
      expect(await pay(instrument, { ...luckless, TEST_PROCESSING_DELAY: 0 })).toMatchObject({ readyInMs: 0 });
    },
  );

  test('everything fails when it is told to', async () => {
    const failing = { TEST_MODE: true, TEST_PAYMENT_SUCCESS: false, UPI_SUCCESS_RATE: 1 };
    expect(await pay(upi('asha@okbank'), failing)).toMatchObject(refused('PAYMENT_FAILED'));
  });
});

describe('a charge', () => {
  test('is answered as it was the first time', async () => {
    const bank = acquirer();
    const charge = { paymentId: 'pay_1', reference: 'sim_INSUFFICIENT_FUNDS', ...money };
    expect(await bank.charge(charge)).toEqual(refused('INSUFFICIENT_FUNDS'));
    expect(await bank.charge({ ...charge, reference: 'sim_APPROVED' })).toEqual(refused('INSUFFICIENT_FUNDS'));
    expect(await bank.charge({ ...charge, paymentId: 'pay_2', reference: 'sim_APPROVED' })).toEqual(approved);
  });

  test.each(['sim_', '', 'sim_APPROVED_TWICE', 'sim_toString', 'sim_constructor', 'sim_approved'])(
    'with the unknown reference "%s" moves no money',
    async (reference) => {
      expect(await acquirer().charge({ paymentId: 'pay_1', reference, ...money })).toEqual(refused('PROCESSING_ERROR'));
    },
  );

  test('has a reference that tells nothing of the instrument', async () => {
    for (const instrument of [card('4012888888881881'), card('4000000000000002'), upi('asha@okbank')]) {
      expect((await acquirer().present(instrument)).reference).toMatch(/^sim_[A-Z_]+$/);
    }
  });
});

test('outside the sandbox no instrument has a fixed outcome', async () => {
  expect(await pay(upi('failure@test'), { GATEWAY_MODE: 'production' })).toMatchObject(approved);
  expect(await pay(card('4000000000000002'), { GATEWAY_MODE: 'production' })).toMatchObject(approved);
});

describe('a refund', () => {
  const refund = async (bank: ReturnType<typeof acquirer>, instrument: Instrument, refundId = 'rfnd_1') => {
    const { reference } = await bank.present(instrument);
    return bank.refund({ refundId, paymentId: 'pay_1', reference, ...money });
  };

  test.each([
    [upi('success@test'), { outcome: 'processed' }],
    [upi('asha@okbank'), { outcome: 'processed' }],
    [upi('refundfail@test'), { outcome: 'refused', reason: 'REFUND_FAILED' }],
    [card('4000000000005126'), { outcome: 'refused', reason: 'REFUND_FAILED' }],
  ])('of %j: %j', async (instrument, outcome) => {
    expect(await refund(acquirer(), instrument)).toEqual(outcome);
  });

  test('is answered again as it was answered first, whatever is asked', async () => {
    const bank = acquirer();
    expect(await refund(bank, upi('success@test'))).toEqual({ outcome: 'processed' });
    expect(await refund(bank, upi('refundfail@test'))).toEqual({ outcome: 'processed' });
    expect(await refund(bank, upi('refundfail@test'), 'rfnd_2')).toMatchObject({ outcome: 'refused' });
  });

  test.each([
    ['3 s', {}, 0, 3_000],
    ['5 s', {}, 1, 5_000],
    ['3 to 5 s in test mode, too', { TEST_MODE: true, TEST_PROCESSING_DELAY: 0 }, 0.5, 4_000],
    ['what the setting says', { REFUND_PROCESSING_DELAY: 70 }, 0.5, 70],
    ['nothing, if the setting says so', { REFUND_PROCESSING_DELAY: 0 }, 0.5, 0],
  ])('takes %s', async (_, change, chance, readyInMs) => {
    const bank = acquirer(change, () => chance);
    expect(await bank.presentRefund({ reference: 'sim_APPROVED', ...money })).toEqual({ readyInMs });
  });
});
