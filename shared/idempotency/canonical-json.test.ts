import { expect, test } from '@jest/globals';
import { canonicalJson } from './canonical-json.ts';

const parsed = (text: string) => canonicalJson(JSON.parse(text));

test.each([
  ['{"a":1,"b":2}', '{ "b" : 2, "a" : 1 }'],
  ['{"a":{"x":[1,{"p":1,"q":2}],"y":null}}', '{"a":{"y":null,"x":[1.0,{"q":2,"p":1}]}}'],
  ['{"é":"\\u00e9"}', '{"\\u00e9":"é"}'],
  ['{"10":1,"9":2}', '{"9":2,"10":1}'],
])('%s and %s are one value', (one, other) => {
  expect(parsed(one)).toBe(parsed(other));
});

test.each([
  ['{"a":1}', '{"a":2}'],
  ['{"a":1}', '{"a":"1"}'],
  ['{"a":1}', '{"a":1,"b":null}'],
  ['{"a":null}', '{}'],
  ['[1,2]', '[2,1]'],
  ['{"a":1}', '[["a",1]]'],
  ['{"a":1}', '{"pairs":[["a",1]]}'],
  ['{"__proto__":1}', '{}'],
  ['{"a":{"b":1}}', '{"a":{"c":1}}'],
  ['{}', '[]'],
])('%s and %s are two', (one, other) => {
  expect(parsed(one)).not.toBe(parsed(other));
});
