import { describe, expect, test } from '@jest/globals';
import { connectDatabase, type Database } from '../database/database.ts';
import { useTestGateway } from '../testing/test-gateway.ts';
import { chargeLedger } from './charge-ledger.ts';

describe('the ledger of the simulated acquirer', () => {
  const here = useTestGateway();
  const entry = (paymentId: string, outcome: string, amountMinor = 50_000) => ({
    paymentId,
    outcome,
    amountMinor,
    currency: 'INR',
  });
  const standing = (id: string) =>
    here.sql('select amount, currency, outcome from simulated_charges where payment_id = $1', [id]);

  test('keeps the first outcome, whatever comes later', async () => {
    const enter = chargeLedger(here.database);
    expect(await enter(entry('pay_a', 'APPROVED'))).toBe('APPROVED');
    expect(await enter(entry('pay_a', 'INSUFFICIENT_FUNDS', 1))).toBe('APPROVED');
    expect(await standing('pay_a')).toEqual([{ amount: 50_000, currency: 'INR', outcome: 'APPROVED' }]);
  });

  test('keeps a refusal as well: no second try turns it into money', async () => {
    const enter = chargeLedger(here.database);
    await enter(entry('pay_b', 'PAYMENT_FAILED'));
    expect(await enter(entry('pay_b', 'APPROVED'))).toBe('PAYMENT_FAILED');
  });

  test('answers one outcome to all who ask at once', async () => {
    const enter = chargeLedger(here.database);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => enter(entry('pay_c', index % 2 === 0 ? 'APPROVED' : 'PAYMENT_FAILED'))),
    );
    expect(new Set(answers).size).toBe(1);
    expect(await standing('pay_c')).toEqual([{ amount: 50_000, currency: 'INR', outcome: answers[0] }]);
  });

  test('asks the database once for a payment that is asked for twice', async () => {
    let statements = 0;
    const rows: Database['rows'] = (...asked) => {
      statements++;
      return here.database.rows(...asked);
    };
    const enter = chargeLedger({ rows });
    expect(await Promise.all([enter(entry('pay_f', 'APPROVED')), enter(entry('pay_f', 'APPROVED'))])).toEqual([
      'APPROVED',
      'APPROVED',
    ]);
    expect(statements).toBe(1);
  });

  test('answers one outcome to several hosts at once', async () => {
    const { DATABASE_URL: url = '' } = here.env;
    const hosts = Array.from({ length: 4 }, () => connectDatabase({ url, poolSize: 2, log: here.gateway.log }));
    try {
      const asked = hosts.map((host, index) =>
        chargeLedger(host)(entry('pay_d', index === 0 ? 'APPROVED' : 'PAYMENT_FAILED')),
      );
      const answers = await Promise.all(asked);
      expect(new Set(answers).size).toBe(1);
      expect(await standing('pay_d')).toEqual([expect.objectContaining({ outcome: answers[0] })]);
    } finally {
      await Promise.all(hosts.map((host) => host.close()));
    }
  });

  test('gives each payment its own answer', async () => {
    const enter = chargeLedger(here.database);
    const answers = await Promise.all(
      ['APPROVED', 'EXPIRED_CARD', 'APPROVED', 'INCORRECT_CVV'].map((outcome, index) =>
        enter(entry(`pay_e${index}`, outcome)),
      ),
    );
    expect(answers).toEqual(['APPROVED', 'EXPIRED_CARD', 'APPROVED', 'INCORRECT_CVV']);
  });
});
