import type { Context } from 'aws-lambda';
import type { Gateway } from '../../../shared/gateway/gateway.ts';
import { ring } from '../../../shared/testing/ring.ts';
import { handler as purgeExpired } from '../../jobs/purge-expired.ts';
import { handler as settlePayment } from '../../jobs/settle-payment.ts';
import { handler as settleRefund } from '../../jobs/settle-refund.ts';
import { type Action, pick } from './action.ts';
import type { Notes, Step } from './explain.ts';
import type { Model, Sleeper } from './model.ts';
import { asking, recording, settling, taking } from './settling.ts';

export type Job = { readonly kind: 'payment' | 'refund'; readonly id: string };

const jobsOf = (model: Model, isWanted: (one: { status: string }) => boolean): Job[] => [
  ...model.payments.filter(isWanted).map(({ id }) => ({ kind: 'payment', id }) as const),
  ...model.refunds.filter(isWanted).map(({ id }) => ({ kind: 'refund', id }) as const),
];
export const pendingJobs = (model: Model) => jobsOf(model, ({ status }) => status === 'pending');

/** @throws Error when a job fails: what comes twice, too early or too late is nobody's fault. */
export async function ringFor(jobs: readonly Job[]): Promise<void> {
  const of = (kind: Job['kind']) => jobs.filter((job) => job.kind === kind).map(({ id }) => id);
  const [payments, refunds] = [of('payment'), of('refund')];
  const failed = await Promise.all([
    payments.length === 0 ? [] : ring(settlePayment, 'settle-payment', ...payments),
    refunds.length === 0 ? [] : ring(settleRefund, 'settle-refund', ...refunds),
  ]);
  if (failed.flat().length > 0) throw new Error(`the jobs of ${failed.flat().join(' ')} failed`);
}

/** The settling of everything that is pending, one after the other. */
export const settleAll: Action = { text: 'settle all', act: async (model) => inTurn(pendingJobs(model)) };

async function inTurn(jobs: readonly Job[]) {
  for (const job of jobs) await ringFor([job]);
  return [jobs.flatMap(({ kind, id }) => settling(kind, id))];
}

/** Rings for some of what there is, whether or not there is anything to do; as one batch, or one after the other. */
export const settle = (nths: readonly number[], isBatch: boolean): Action => ({
  text: `settle ${nths.join(' ')}${isBatch ? ' in one batch' : ''}`,
  act: async (model) => {
    const pending = pendingJobs(model);
    const all = jobsOf(model, () => true);
    // Low numbers are those with something to do, high ones all that ever was.
    const jobs = nths.map((nth) => pick(nth < 6 && pending.length > 0 ? pending : all, nth)).filter((job) => !!job);
    if (!isBatch) return inTurn(jobs);
    await ringFor(jobs);
    return jobs.map(({ kind, id }) => settling(kind, id));
  },
});

/** A worker that dies after it took its work, or later: after the bank did its part. */
export const crash = (nth: number, hasAsked: boolean): Action => ({
  text: `crash over ${nth}${hasAsked ? ', the bank was asked' : ''}`,
  act: async (model, { mortal, sleepers }) => {
    const job = pick(pendingJobs(model), nth);
    if (job === undefined) return [];
    const { kind, id } = job;
    const taken = await (kind === 'payment' ? takePayment : takeRefund)(mortal, id, hasAsked);
    if (taken !== undefined && hasAsked) sleepers.set(`${id} ${taken.claim}`, taken.wake);
    const isTaken: Step = (_, { claim }) =>
      claim === taken?.claim ? undefined : `the claim of ${id} is ${taken?.claim}, and not ${claim}`;
    const sleep: Step = ({ sleepers: asleep }, { claim, isLate = false }) => {
      if (claim !== undefined) asleep.push({ kind, id, claim, isLate });
      return undefined;
    };
    return [[taking(kind, id), isTaken, ...(hasAsked ? [asking(kind, id), sleep] : [])]];
  },
});

type Taken = { claim: number; wake: () => Promise<boolean> };

async function takePayment({ settlements, acquirer }: Gateway, id: string, asks: boolean): Promise<Taken | undefined> {
  const claimed = await settlements.claim(id);
  if (claimed === undefined) return undefined;
  const { amount: amountMinor, acquirer_reference: reference, currency, order_paid: isLate, claims: claim } = claimed;
  const failed = (code: 'ORDER_ALREADY_PAID' | 'PROCESSING_ERROR') =>
    ({ status: 'failed', error_code: code, error_description: 'said late' }) as const;
  if (isLate) {
    return { claim, wake: async () => !!(await settlements.record(claimed, failed('ORDER_ALREADY_PAID'))) };
  }
  const said = asks ? await acquirer.charge({ paymentId: id, reference, amountMinor, currency }) : undefined;
  const settlement =
    said?.outcome === 'refused'
      ? { ...failed('PROCESSING_ERROR'), error_code: said.reason }
      : ({ status: 'success' } as const);
  return { claim, wake: async () => !!(await settlements.record(claimed, settlement)) };
}

async function takeRefund({ refundings, acquirer }: Gateway, id: string, asks: boolean): Promise<Taken | undefined> {
  const claimed = await refundings.claim(id);
  if (claimed === undefined) return undefined;
  const { amount: amountMinor, acquirer_reference: reference, currency, payment_id: paymentId } = claimed;
  const said = asks ? await acquirer.refund({ refundId: id, paymentId, reference, amountMinor, currency }) : undefined;
  const settlement =
    said?.outcome === 'refused'
      ? ({ status: 'failed', error_code: said.reason, error_description: 'said late' } as const)
      : ({ status: 'processed' } as const);
  return { claim: claimed.claims, wake: async () => !!(await refundings.record(claimed, settlement)) };
}

/** A worker that was believed dead writes down what it heard. */
export const wake = (nth: number): Action => ({
  text: `wake ${nth}`,
  act: async (model, { sleepers }) => {
    const sleeper = pick(model.sleepers, nth);
    if (sleeper === undefined) return [];
    const isRecorded = await sleepers.get(`${sleeper.id} ${sleeper.claim}`)?.();
    const remember: Step = (_, notes) => void Object.assign(notes, notesOf(sleeper));
    const agree: Step = (_, notes) =>
      notes.isRecorded === isRecorded ? undefined : `what a late worker of ${sleeper.id} wrote counts: ${isRecorded}`;
    return [[remember, recording(sleeper.kind, sleeper.id), agree]];
  },
});

const notesOf = ({ claim, isLate }: Sleeper): Notes => ({ claim, isLate });

export const purge: Action = {
  text: 'purge the keys',
  act: async () => {
    await purgeExpired({}, {} as Context);
    return [];
  },
};
