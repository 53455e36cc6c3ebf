export type Expiry = { month: string; year: string };

/** @returns month of two digits and year of four, from MM/YY, M/YY, MMYY, MM/YYYY and their cousins; else null. */
export function parseExpiry(text: string): Expiry | null {
  const match = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{2}|\d{4})\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2}|\d{4})\s*$/.exec(text);
  const [, month, year] = match ?? [];
  if (month === undefined || year === undefined || Number(month) < 1 || Number(month) > 12) return null;
  return { month: month.padStart(2, '0'), year: year.length === 2 ? `20${year}` : year };
}

/** As it is shown once somebody has finished. */
export const showExpiry = ({ month, year }: Expiry) => `${month} / ${year.slice(-2)}`;

/** While it is typed: the slash comes by itself, a month that can only have one digit gets its zero. */
export function formatExpiry(text: string): string {
  const typed = /^\s*(\d)\s*[/.\- ]/.test(text) ? `0${text.trimStart()}` : text;
  const digits = typed.replace(/\D/g, '');
  const full = /^[2-9]/.test(digits) ? `0${digits}` : digits;
  return full.length < 2 ? full : `${full.slice(0, 2)} / ${full.slice(2)}`;
}

/**
 * @param today what month it is, in UTC, as the gateway reckons; a card is good until its month has ended.
 * @returns the sentence that helps, or null.
 */
export function whatIsWrongWithExpiry(text: string, today: Date): string | null {
  if (text.trim() === '') return 'Enter the expiry date.';
  const expiry = parseExpiry(text);
  if (expiry === null) return 'Write month and year, for example 08 / 34.';
  const months = Number(expiry.year) * 12 + Number(expiry.month);
  const thisMonth = today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (months < thisMonth) return 'This card has expired. Use another one.';
  // No card is made for longer; a typing slip is.
  return months > thisMonth + 50 * 12 ? 'Check the year: it is too far away.' : null;
}
