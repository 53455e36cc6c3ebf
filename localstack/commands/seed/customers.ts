import type { CardNetwork } from '../../../shared/contracts/payments.ts';
import { at, type Random } from './random.ts';

export type PaidBy =
  | { method: 'upi'; vpa: string; card_network: null; card_last4: null }
  | { method: 'card'; vpa: null; card_network: CardNetwork; card_last4: string };

/** Somebody who comes back. */
export type Customer = { upi: PaidBy; card: PaidBy };

const firstNames = [
  ...['aarav', 'asha', 'dev', 'diya', 'farhan', 'ishaan', 'kavya', 'lakshmi', 'meera', 'nikhil', 'om', 'priya'],
  ...['rahul', 'riya', 'rohan', 'sana', 'tara', 'vikram', 'yash', 'zoya'],
];
const lastNames = [
  ...['agarwal', 'bose', 'chopra', 'das', 'fernandes', 'gupta', 'iyer', 'joshi', 'khan', 'menon', 'nair', 'patel'],
  ...['rao', 'reddy', 'sharma', 'singh', 'thomas', 'varma'],
];
const banks = ['okaxis', 'okhdfcbank', 'okicici', 'oksbi', 'ybl', 'ibl', 'paytm', 'upi'];
const networks: Readonly<Record<CardNetwork, number>> = { visa: 42, mastercard: 28, rupay: 25, amex: 4, unknown: 1 };

export function drawCustomers(random: Random, count: number): Customer[] {
  return Array.from({ length: count }, () => {
    const name = `${random.oneOf(firstNames)}.${random.oneOf(lastNames)}`;
    const number = random.chance(0.6) ? String(random.whole(1, 99)) : '';
    return {
      upi: { method: 'upi', vpa: `${name}${number}@${random.oneOf(banks)}`, card_network: null, card_last4: null },
      card: {
        method: 'card',
        vpa: null,
        card_network: random.pick(networks),
        card_last4: String(random.whole(0, 9_999)).padStart(4, '0'),
      },
    };
  });
}

/** Some come often: the square draws to the front of the list. */
export const nextCustomer = (random: Random, customers: readonly Customer[]): Customer =>
  at(customers, Math.floor(random.next() ** 2 * customers.length));
