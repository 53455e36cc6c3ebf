import { cardNetworkOf, passesLuhn } from '../../../shared/contracts/card-networks.ts';
import type { CardNetwork } from '../../../shared/contracts/payments.ts';

type Shape = { name: string; groups: readonly number[]; shortest: number; longest: number; codeLength: 3 | 4 };

/** How each network's cards look. A group size beyond the last one is the last one again. */
export const cardShapes: Record<CardNetwork, Shape> = {
  visa: { name: 'Visa', groups: [4], shortest: 13, longest: 19, codeLength: 3 },
  mastercard: { name: 'Mastercard', groups: [4], shortest: 16, longest: 16, codeLength: 3 },
  amex: { name: 'American Express', groups: [4, 6, 5], shortest: 15, longest: 15, codeLength: 4 },
  rupay: { name: 'RuPay', groups: [4], shortest: 16, longest: 19, codeLength: 3 },
  unknown: { name: 'Card', groups: [4], shortest: 13, longest: 19, codeLength: 3 },
};

export const digitsOf = (text: string) => text.replace(/\D/g, '');

export function groupCardNumber(text: string): string {
  const { groups } = cardShapes[cardNetworkOf(digitsOf(text))];
  const parts: string[] = [];
  for (let rest = digitsOf(text); rest !== '';) {
    const size = groups[Math.min(parts.length, groups.length - 1)] ?? 4;
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return parts.join(' ');
}

/** @returns the sentence that helps, or null when the number can be right. */
export function whatIsWrongWithNumber(text: string): string | null {
  const digits = digitsOf(text);
  if (text.trim() === '') return 'Enter the number on your card.';
  if (/[^\d\s-]/.test(text)) return 'A card number has digits only.';
  const { name, shortest, longest } = cardShapes[cardNetworkOf(digits)];
  if (digits.length < shortest || digits.length > longest) {
    const change = digits.length < shortest ? 'Some digits are missing' : 'There are too many digits';
    return shortest === longest ? `${change}. ${name} has ${longest}.` : `${change}. Check the number.`;
  }
  return passesLuhn(digits) ? null : 'One of the digits is not right. Compare the number with your card.';
}
