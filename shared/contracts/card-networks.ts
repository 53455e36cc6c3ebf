import type { CardNetwork } from './payments.ts';

/** The check digit of ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** By the issuer identification number, as the contract lists the ranges. The beginning of a number will do. */
export function cardNetworkOf(number: string): CardNetwork {
  const first2 = Number(number.slice(0, 2));
  const first4 = Number(number.slice(0, 4));
  if (number.startsWith('4')) return 'visa';
  if ((first2 >= 51 && first2 <= 55) || (first4 >= 2221 && first4 <= 2720)) return 'mastercard';
  if (first2 === 34 || first2 === 37) return 'amex';
  if (first2 === 60 || first2 === 65 || (first2 >= 81 && first2 <= 89)) return 'rupay';
  return 'unknown';
}
