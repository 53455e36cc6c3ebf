import { cardNetworkOf } from '../../../shared/contracts/card-networks.ts';
import type { CardInput } from '../../../shared/contracts/payments.ts';
import { cardShapes, digitsOf, whatIsWrongWithNumber } from './card-number.ts';
import { parseExpiry, whatIsWrongWithExpiry } from './expiry.ts';

/** The fields of the card form, in the order they are looked at. */
export const cardFields = ['number', 'expiry', 'cvv', 'name'] as const;
export type CardField = (typeof cardFields)[number];
/** As the shopper wrote it. */
export type CardEntry = Record<CardField, string>;

export const noCard: CardEntry = { number: '', expiry: '', cvv: '', name: '' };

/** @returns a sentence for each field that is not right yet. */
export function whatIsWrongWithCard(entry: CardEntry, today: Date): Record<CardField, string | null> {
  return {
    number: whatIsWrongWithNumber(entry.number),
    expiry: whatIsWrongWithExpiry(entry.expiry, today),
    cvv: whatIsWrongWithCode(entry.cvv, entry.number),
    name: entry.name.trim() === '' ? 'Enter the name as it is written on the card.' : null,
  };
}

function whatIsWrongWithCode(code: string, number: string): string | null {
  const { codeLength } = cardShapes[cardNetworkOf(digitsOf(number))];
  if (code.trim() === '') return `Enter the ${codeLength}-digit code.`;
  const right = new RegExp(`^\\d{${codeLength}}$`).test(code.trim());
  return right ? null : `It has ${codeLength} digits, on the ${sideOf(codeLength)}.`;
}

export const sideOf = (codeLength: 3 | 4) => (codeLength === 4 ? 'front' : 'back');

/** The card as the API takes it. Only of an entry with which nothing is wrong. */
export function cardToSend(entry: CardEntry): CardInput {
  const expiry = parseExpiry(entry.expiry);
  return {
    number: digitsOf(entry.number),
    expiry_month: expiry?.month,
    expiry_year: expiry?.year,
    cvv: entry.cvv.trim(),
    holder_name: entry.name.trim(),
  };
}
