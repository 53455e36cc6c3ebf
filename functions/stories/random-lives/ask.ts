import { type Action, pick } from './action.ts';
import { answering } from './answering.ts';
import { type InstrumentName, instrumentNames } from './instruments.ts';
import type { Model, Payment } from './model.ts';
import type { Wanted } from './requests.ts';
import { send, type World } from './world.ts';

const someKey = (key: number | null) => (key === null ? '' : `, key ${key}`);

async function ask(model: Model, world: World, wanted: Wanted, key: string | undefined) {
  if (key !== undefined) model.sent.push({ wanted, key });
  return [answering(wanted, key, await send(world, wanted, key))];
}

const asking = (text: string, key: number | null, wanted: (model: Model) => Wanted): Action => ({
  text: `${text}${someKey(key)}`,
  act: (model, world) => ask(model, world, wanted(model), key === null ? undefined : `key-${key}`),
});

export const createOrder = (amount: number, key: number | null): Action =>
  asking(`order ${amount}`, key, () => ({ ask: 'order', amount }));

export const pay = (nth: number, by: InstrumentName, key: number | null): Action =>
  asking(`pay order ${nth} by ${by}`, key, ({ orders }) => ({
    ask: 'payment',
    orderId: pickOf(orders, ({ status }) => status === 'created', nth)?.id ?? 'order_0000000000000000',
    by,
  }));

/** Low numbers are those that can be served, high ones all there are. */
const pickOf = <T>(list: readonly T[], isServable: (one: T) => boolean, nth: number): T | undefined =>
  (nth < 3 ? pick(list.filter(isServable), nth) : undefined) ?? pick(list, nth);

const isSettled = ({ status }: Payment) => status === 'success' || status === 'partially_refunded';

const noPayment = { id: 'pay_0000000000000000', amount: 1_000, reserved: 0 };

export const capture = (nth: number, off: number | null, key: number | null): Action =>
  asking(`capture payment ${nth}${off === null ? '' : ` with ${off} too much`}`, key, ({ payments }) => {
    const { id, amount } = pickOf(payments, isSettled, nth) ?? noPayment;
    return { ask: 'capture', paymentId: id, amount: off === null ? undefined : amount + off };
  });

export type Share = number | 'half' | 'all' | 'what is left' | 'more than is left';

const shareOf = ({ amount, reserved }: { amount: number; reserved: number }, share: Share): number => {
  if (typeof share === 'number') return share;
  if (share === 'half') return Math.ceil(amount / 2);
  if (share === 'all') return amount;
  return amount - reserved + (share === 'what is left' ? 0 : 1);
};

export const refund = (nth: number, share: Share, key: number | null): Action =>
  asking(`refund ${share} of payment ${nth}`, key, ({ payments }) => {
    const payment = pickOf(payments, isSettled, nth) ?? noPayment;
    return { ask: 'refund', paymentId: payment.id, amount: shareOf(payment, share) };
  });

/** Sends an earlier request with its key again, as it was or with another body. */
export const repeat = (nth: number, isAltered: boolean): Action => ({
  text: `repeat ${nth}${isAltered ? ' with another body' : ''}`,
  act: async (model, world) => {
    const earlier = pick(model.sent, nth);
    if (earlier === undefined) return [];
    return ask(model, world, isAltered ? altered(earlier.wanted) : earlier.wanted, earlier.key);
  },
});

function altered(wanted: Wanted): Wanted {
  if (wanted.ask !== 'payment') return { ...wanted, amount: (wanted.amount ?? 1_000) + 1 };
  return { ...wanted, by: instrumentNames.find((name) => name !== wanted.by) ?? wanted.by };
}
