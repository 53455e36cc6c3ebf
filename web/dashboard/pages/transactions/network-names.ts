import type { CardNetwork } from '../../../../shared/contracts/payments.ts';

export const networkNames: Record<CardNetwork, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'Amex',
  rupay: 'RuPay',
  unknown: 'Card',
};
