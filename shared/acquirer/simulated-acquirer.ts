import { type PaymentFailure, paymentFailures } from '../contracts/errors.ts';
import { type InstrumentOutcome, instruments } from '../contracts/instruments.ts';
import type { Settings } from '../runtime/settings.ts';
import type { Acquirer, ChargeOutcome, Instrument } from './acquirer.ts';
import type { ChargeLedger } from './charge-ledger.ts';

type Rules = Pick<
  Settings,
  | 'GATEWAY_MODE'
  | 'TEST_MODE'
  | 'TEST_PROCESSING_DELAY'
  | 'TEST_PAYMENT_SUCCESS'
  | 'PROCESSING_DELAY_MIN'
  | 'PROCESSING_DELAY_MAX'
  | 'UPI_SUCCESS_RATE'
  | 'CARD_SUCCESS_RATE'
  | 'UPI_COLLECT_TIMEOUT'
>;

/**
 * An acquirer that tells the truth about being simulated: the outcome is settled when the instrument is presented,
 * travels in the reference, and is entered once in a ledger when the payment is charged.
 */
export function simulatedAcquirer(rules: Rules, ledger: ChargeLedger, random: () => number): Acquirer {
  return {
    present: async (instrument) => {
      const outcome = outcomeOf(instrument, rules, random);
      return { reference: `sim_${outcome}`, readyInMs: delayMs(outcome, rules, random) };
    },
    charge: async ({ paymentId, reference, amountMinor, currency }) =>
      spoken(await ledger({ paymentId, amountMinor, currency, outcome: reference.replace(/^sim_/, '') })),
  };
}

function outcomeOf(instrument: Instrument, rules: Rules, random: () => number): InstrumentOutcome {
  const value = instrument.method === 'upi' ? instrument.vpa.toLowerCase() : instrument.number;
  // Anybody may read the table, so outside the sandbox it decides nothing.
  const table = rules.GATEWAY_MODE === 'sandbox' ? instruments : [];
  const fixed = table.find((known) => known.method === instrument.method && known.value === value);
  if (fixed !== undefined) return fixed.outcome;
  if (rules.TEST_MODE) return rules.TEST_PAYMENT_SUCCESS ? 'APPROVED' : 'PAYMENT_FAILED';
  const rate = instrument.method === 'upi' ? rules.UPI_SUCCESS_RATE : rules.CARD_SUCCESS_RATE;
  return random() < rate ? 'APPROVED' : 'PAYMENT_FAILED';
}

function delayMs(outcome: InstrumentOutcome, rules: Rules, random: () => number): number {
  if (outcome === 'PAYMENT_TIMEOUT') return rules.UPI_COLLECT_TIMEOUT;
  if (rules.TEST_MODE) return rules.TEST_PROCESSING_DELAY;
  const { PROCESSING_DELAY_MIN: min, PROCESSING_DELAY_MAX: max } = rules;
  return Math.round(min + random() * (max - min));
}

function spoken(outcome: string): ChargeOutcome {
  if (outcome === 'APPROVED') return { outcome: 'approved' };
  // A reference this version does not know must not move money.
  const reason = Object.hasOwn(paymentFailures, outcome) ? (outcome as PaymentFailure) : 'PROCESSING_ERROR';
  return { outcome: 'refused', reason };
}
