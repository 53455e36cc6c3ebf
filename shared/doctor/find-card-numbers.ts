import type { CardNetwork } from '../contracts/payments.ts';
import { cardNetworkOf, passesLuhn } from '../payments/card.ts';

/** How long the numbers of each network are. Luhn alone would take every tenth number for a card. */
const lengths: Record<CardNetwork, readonly number[]> = {
  visa: [13, 16, 19],
  mastercard: [16],
  amex: [15],
  rupay: [16],
  unknown: [],
};

/** Groups of digits as people write them. Digits within a longer word are an id, and those after a point a fraction. */
const digitRuns = /(?<![A-Za-z0-9_])(?<!\d\.)\d+(?:[ -]\d+)*(?![A-Za-z0-9_])/g;
const uuids = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** A superset of what `findCardNumbers` finds, as PostgreSQL's regular expressions say it. */
export const perhapsACard = '[0-9](?:[ -]?[0-9]){12}';

/** @returns the card numbers in a text, as they are written there. */
export function findCardNumbers(text: string): string[] {
  const runs = text.replaceAll(uuids, ' ').match(digitRuns) ?? [];
  return runs.flatMap(cardsInRun);
}

/** The text with every card number in it made unreadable. */
export function withholdCardNumbers(text: string): string {
  return findCardNumbers(text).reduce((rest, number) => rest.replaceAll(number, '(card number withheld)'), text);
}

/** A card may have other numbers before and after it, so every sequence of whole groups is looked at. */
function cardsInRun(run: string): string[] {
  const groups = [...run.matchAll(/\d+/g)];
  return groups.flatMap((first, from) =>
    groups
      .slice(from)
      .map((last) => run.slice(first.index, last.index + last[0].length))
      .filter(isCardNumber),
  );
}

function isCardNumber(written: string): boolean {
  const digits = written.replaceAll(/[ -]/g, '');
  return lengths[cardNetworkOf(digits)].includes(digits.length) && passesLuhn(digits);
}
