import { cardNetworkOf, passesLuhn } from '../contracts/card-networks.ts';
import { GatewayError } from '../contracts/errors.ts';
import type { CardInput, CardNetwork } from '../contracts/payments.ts';

export { cardNetworkOf, passesLuhn };

/** A card that passed every check that needs no bank. The number lives in memory only, and only until it is presented. */
export type Card = { number: string; network: CardNetwork; last4: string };

const invalid = (field: string) =>
  new GatewayError('INVALID_CARD', 'Card validation failed', { field: `card.${field}` });
const expired = (field: string) =>
  new GatewayError('EXPIRED_CARD', 'Card expiry date invalid', { field: `card.${field}` });

/**
 * @param today what month it is, in UTC; a card is good until its month has ended.
 * @throws INVALID_CARD for a number, security code or name that cannot be one, EXPIRED_CARD for the date.
 */
export function checkCard(input: CardInput | null | undefined, today: Date): Card {
  if (input === null || input === undefined) throw invalid('number');
  const number = (input.number ?? '').replace(/[ -]/g, '');
  if (!/^\d{13,19}$/.test(number) || !passesLuhn(number)) throw invalid('number');
  if (!/^\d{3,4}$/.test(input.cvv ?? '')) throw invalid('cvv');
  if ((input.holder_name ?? '').trim() === '') throw invalid('holder_name');
  if (isMissing(input.expiry_month)) throw invalid('expiry_month');
  if (isMissing(input.expiry_year)) throw invalid('expiry_year');
  checkExpiry(String(input.expiry_month), String(input.expiry_year), today);
  return { number, network: cardNetworkOf(number), last4: number.slice(-4) };
}

const isMissing = (part: string | number | null | undefined) => part === null || part === undefined || part === '';

function checkExpiry(monthText: string, yearText: string, today: Date): void {
  const month = Number(monthText);
  if (!/^\d{1,2}$/.test(monthText) || month < 1 || month > 12) throw expired('expiry_month');
  if (!/^(\d{2}|\d{4})$/.test(yearText)) throw expired('expiry_year');
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  const months = (y: number, m: number) => y * 12 + m;
  if (months(year, month) < months(today.getUTCFullYear(), today.getUTCMonth() + 1)) throw expired('expiry_year');
}
