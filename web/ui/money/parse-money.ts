import { formatMoney } from './format-money.ts';

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/**
 * What a person typed as an amount, in the minor unit, or null when it is none. Read digit by digit: 19.99 times 100 is
 * 1998.9999999999998. Commas may stand anywhere before the point, as lakhs and thousands have them.
 */
export function parseMoney(text: string, currency = 'INR'): number | null {
  const digits = digitsOf(currency);
  const match = /^(?:₹|Rs\.?|INR)?\s*(\d[\d,]*|(?=\.\d))(?:\.(\d*))?$/i.exec(text.trim());
  if (!match) return null;
  const [, whole = '', part = ''] = match;
  if (part.length > digits) return null;
  const minor = Number(`${whole.replaceAll(',', '')}${part.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** An amount as it is typed into a field: no sign, no commas. `parseMoney` reads it back. */
export function typedMoney(amountMinor: number, currency = 'INR'): string {
  const digits = digitsOf(currency);
  const text = String(amountMinor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** @returns what is wrong with an amount that has to lie between two others, or null when it does. */
export function whatIsWrongWithAmount(
  amountMinor: number | null,
  { min, max, currency = 'INR' }: { min: number; max: number; currency?: string },
): string | null {
  if (amountMinor === null) return `Enter an amount such as ${typedMoney(49_900, currency)}.`;
  if (amountMinor < min) return `The least is ${formatMoney(min, currency)}.`;
  return amountMinor > max ? `The most is ${formatMoney(max, currency)}.` : null;
}
