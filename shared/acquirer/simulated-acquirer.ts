import { type InstrumentOutcome, instruments } from '../contracts/instruments.ts';
import type { Settings } from '../runtime/settings.ts';
import type { Acquirer, ChargeOutcome, Instrument, RefundOutcome } from './acquirer.ts';
import type { ChargeLedger } from './charge-ledger.ts';
import type { RefundLedger } from './refund-ledger.ts';
import { type Fate, isPaymentFailure, isRefundFailure, readReference, writeReference } from './simulated-reference.ts';

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
  | 'REFUND_PROCESSING_DELAY'
>;

/** How long a refund takes unless a setting says otherwise, as the contract has it. */
const refundDelayMs = { min: 3_000, max: 5_000 };

/**
 * An acquirer that tells the truth about being simulated: the outcome is settled when the instrument is presented,
 * travels in the reference, and is entered once in a ledger when the payment is charged or refunded.
 */
export function simulatedAcquirer(
  rules: Rules,
  ledgers: { charges: ChargeLedger; refunds: RefundLedger },
  random: () => number,
): Acquirer {
  return {
    present: async (instrument) => {
      const fate = fateOf(instrument, rules, random);
      return { reference: writeReference(fate), readyInMs: delayMs(fate.charge, rules, random) };
    },
    charge: async ({ paymentId, reference, amountMinor, currency }) => {
      const outcome = readReference(reference).charge;
      return spokenCharge(await ledgers.charges({ paymentId, amountMinor, currency, outcome }));
    },
    presentRefund: async () => ({
      readyInMs: rules.REFUND_PROCESSING_DELAY ?? between(refundDelayMs.min, refundDelayMs.max, random),
    }),
    refund: async ({ refundId, paymentId, reference, amountMinor, currency }) => {
      const outcome = readReference(reference).refunds;
      return spokenRefund(await ledgers.refunds({ refundId, paymentId, amountMinor, currency, outcome }));
    },
  };
}

function fateOf(instrument: Instrument, rules: Rules, random: () => number): Fate {
  const value = instrument.method === 'upi' ? instrument.vpa.toLowerCase() : instrument.number;
  // Anybody may read the table, so outside the sandbox it decides nothing.
  const table = rules.GATEWAY_MODE === 'sandbox' ? instruments : [];
  const fixed = table.find((known) => known.method === instrument.method && known.value === value);
  if (fixed !== undefined) return { charge: fixed.outcome, refunds: fixed.refunds ?? 'PROCESSED' };
  return { charge: chanceOf(instrument, rules, random), refunds: 'PROCESSED' };
}

function chanceOf(instrument: Instrument, rules: Rules, random: () => number): InstrumentOutcome {
  if (rules.TEST_MODE) return rules.TEST_PAYMENT_SUCCESS ? 'APPROVED' : 'PAYMENT_FAILED';
  const rate = instrument.method === 'upi' ? rules.UPI_SUCCESS_RATE : rules.CARD_SUCCESS_RATE;
  return random() < rate ? 'APPROVED' : 'PAYMENT_FAILED';
}

function delayMs(outcome: InstrumentOutcome, rules: Rules, random: () => number): number {
  if (outcome === 'PAYMENT_TIMEOUT') return rules.UPI_COLLECT_TIMEOUT;
  if (rules.TEST_MODE) return rules.TEST_PROCESSING_DELAY;
  return between(rules.PROCESSING_DELAY_MIN, rules.PROCESSING_DELAY_MAX, random);
}

const between = (min: number, max: number, random: () => number) => Math.round(min + random() * (max - min));

function spokenCharge(outcome: string): ChargeOutcome {
  if (outcome === 'APPROVED') return { outcome: 'approved' };
  return { outcome: 'refused', reason: isPaymentFailure(outcome) ? outcome : 'PROCESSING_ERROR' };
}

function spokenRefund(outcome: string): RefundOutcome {
  if (outcome === 'PROCESSED') return { outcome: 'processed' };
  return { outcome: 'refused', reason: isRefundFailure(outcome) ? outcome : 'REFUND_FAILED' };
}
