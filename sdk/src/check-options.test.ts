import { expect, test } from '@jest/globals';
import { checkOptions } from './check-options.ts';

const given = { key: 'key_test_abc123', orderId: 'order_NXhj67fGH2jk9mPq' };
const check = (options: unknown) => checkOptions(options, 'http://localhost:3001');

test.each(['key', 'orderId'])('%s must be a text', (name) => {
  for (const value of [undefined, null, '', 7, {}, [], true]) {
    const options = { ...given, [name]: value };
    expect(() => check(options)).toThrow(new TypeError(`PaymentGateway: ${name} must be a non-empty string`));
  }
});

test.each(['onSuccess', 'onFailure', 'onClose'])('%s must be a function, if there is one', (name) => {
  expect(() => check({ ...given, [name]: undefined })).not.toThrow();
  for (const value of [null, 'alert', 7, {}]) {
    const options = { ...given, [name]: value };
    expect(() => check(options)).toThrow(new TypeError(`PaymentGateway: ${name} must be a function`));
  }
});

test.each([undefined, null, 'key_test_abc123'])('%j as options misses the key', (options) => {
  expect(() => check(options)).toThrow(new TypeError('PaymentGateway: key must be a non-empty string'));
});

test('checkoutOrigin is cut down to an origin', () => {
  expect(check(given).checkoutOrigin).toBe('http://localhost:3001');
  expect(check({ ...given, checkoutOrigin: 'HTTPS://Pay.example:443/x?y' }).checkoutOrigin).toBe('https://pay.example');
});

test.each(['pay.example', '//pay.example', 'javascript:alert(1)', 'https:', ''])('%j is no checkoutOrigin', (value) => {
  expect(() => check({ ...given, checkoutOrigin: value })).toThrow(/^PaymentGateway: checkoutOrigin must be /);
});
