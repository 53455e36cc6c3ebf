import { expect, test } from '@jest/globals';
import { keepCaret } from './keep-caret.ts';

// The caret is the bar.
test.each([
  ['a digit in the middle', '4111 91|11 1111', '4111 91|11 111 1'],
  ['a digit put in just before a gap', '41119| 111', '4111 9|111'],
  ['at the end', '41112|', '4111 2|'],
  ['a digit taken from the middle', '41|1 1111', '41|11 111'],
  ['a gap taken', '4111|1111', '4111| 1111'],
  ['at the start', '|4111', '|4111'],
  ['everything taken', '|', '|'],
])('%s', (_what, written, shown) => {
  const caret = written.indexOf('|');
  expect(keepCaret(written.replace('|', ''), caret, shown.replace('|', ''))).toBe(shown.indexOf('|'));
});
