import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { highlight } from './highlight.ts';

const kinds = (code: string) => highlight(code).flatMap(({ text, kind }) => (kind === null ? [] : [`${kind} ${text}`]));

test.each([
  ["const a = 'b'; // c", ['word const', "text 'b'", 'comment // c']],
  ['fetch("https://a.example") # d', ['text "https://a.example"', 'comment # d']],
  ["querySelector('#pay')", ["text '#pay'"]],
  ['{"amount": 50000, "ok": true}', ['text "amount"', 'number 50000', 'text "ok"', 'word true']],
  ["'it\\'s' x", ["text 'it\\'s'"]],
  ['webhook-timestamp: 1705315870', ['number 1705315870']],
  ['order_4 v1,abc http://localhost:8000/x', ['number 8000']],
  ['form.for newFor', []],
])('%s', (code, wanted) => {
  expect(kinds(code)).toEqual(wanted);
});

test('nothing is added to a code and nothing lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', "'", '`', '\\', '/', '*', '#', '\n', 'a', '1', '.', ' ', '<!--') }),
      (code) => {
        expect(
          highlight(code)
            .map(({ text }) => text)
            .join(''),
        ).toBe(code);
      },
    ),
  );
});
