import { describe, expect, test } from '@jest/globals';
import { checkInstrument } from './instrument.ts';

const today = new Date('2030-06-15T12:00:00Z');
const card = { number: '5555 5555 5555 4444', expiry_month: 12, expiry_year: 34, cvv: '123', holder_name: 'Asha Rao' };
const check = (wanted: object) => checkInstrument({ order_id: 'order_1', method: 'upi', ...wanted }, today);

describe('a VPA', () => {
  test.each(['success@test', 'a@b', 'Asha.Rao_1-2@OkBank1', `${'a'.repeat(253)}@b`])('may be %s', (vpa) => {
    expect(check({ vpa })).toEqual({
      instrument: { method: 'upi', vpa },
      description: { method: 'upi', vpa, card_network: null, card_last4: null },
    });
  });

  test.each([
    'asha',
    'asha@',
    '@bank',
    'asha@ok@bank',
    'asha rao@bank',
    'asha@ok.bank',
    'asha@ok-bank',
    'asha+1@bank',
    'आशा@bank',
    ' asha@bank',
    'asha@bank\n',
    '',
    `${'a'.repeat(254)}@b`,
  ])('may not be "%s"', (vpa) => {
    expect(() => check({ vpa })).toThrow(
      expect.objectContaining({ code: 'INVALID_VPA', message: 'VPA format invalid', field: 'vpa' }),
    );
  });

  test.each([null, undefined])('of %s is invalid, whatever card comes with it', (vpa) => {
    expect(() => check({ vpa, card })).toThrow(expect.objectContaining({ code: 'INVALID_VPA' }));
  });
});

test('a card leaves its number to the acquirer and only network and last digits to the row', () => {
  expect(check({ method: 'card', card, vpa: 'success@test' })).toEqual({
    instrument: { method: 'card', number: '5555555555554444' },
    description: { method: 'card', vpa: null, card_network: 'mastercard', card_last4: '4444' },
  });
});

test.each(['cash', 'UPI', '', 'netbanking', 'toString'])(
  'a method "%s" is refused by name of the two there are',
  (method) => {
    expect(() => check({ method, vpa: 'success@test', card })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST_ERROR', message: 'method must be upi or card', field: 'method' }),
    );
  },
);

test('a card payment without a card is an invalid card', () => {
  expect(() => check({ method: 'card' })).toThrow(expect.objectContaining({ code: 'INVALID_CARD' }));
});
