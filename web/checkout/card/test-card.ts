import { cardNetworkOf } from '../../../shared/contracts/card-networks.ts';
import type { CardEntry } from './card-entry.ts';
import { cardShapes, groupCardNumber } from './card-number.ts';

/** A card around a sandbox number: of the other fields anything valid will do. */
export function testCard(number: string, today: Date): CardEntry {
  const { codeLength } = cardShapes[cardNetworkOf(number)];
  const year = String(today.getUTCFullYear() + 3).slice(-2);
  return {
    number: groupCardNumber(number),
    expiry: `12 / ${year}`,
    cvv: '1234'.slice(0, codeLength),
    name: 'Asha Rao',
  };
}
