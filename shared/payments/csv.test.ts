import { expect, test } from '@jest/globals';
import { csvRow } from './csv.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['=1,"2"', `"'=1,""2"""`],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['a=1', 'a=1'],
  ['₹', '₹'],
  ['', ''],
  [null, ''],
  [-5, '-5'],
  [true, 'true'],
])('%j is written %j', (cell, written) => {
  expect(csvRow([cell, 1])).toBe(`${written},1\r\n`);
});
