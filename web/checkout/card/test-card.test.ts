import { expect, test } from '@jest/globals';
import { instruments } from '../../../shared/contracts/instruments.ts';
import { whatIsWrongWithCard } from './card-entry.ts';
import { testCard } from './test-card.ts';

const today = new Date('2030-12-31T23:59:59Z');
const cards = instruments.filter(({ method }) => method === 'card');

test.each(cards)('$value ($about) fills a form that is right', ({ value }) => {
  expect(Object.values(whatIsWrongWithCard(testCard(value, today), today))).toEqual([null, null, null, null]);
});

test('an American Express has four digits on its front', () => {
  expect(testCard('378282246310005', today)).toEqual({
    number: '3782 822463 10005',
    expiry: '12 / 33',
    cvv: '1234',
    name: 'Asha Rao',
  });
});
