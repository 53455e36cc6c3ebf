import { describe, expect, test } from '@jest/globals';
import { readAnswerText, storableText } from './answer-text.ts';

describe('storableText', () => {
  test.each([
    ['plain', Buffer.from('ok'), 'ok'],
    ['a byte order mark', Buffer.from('\uFEFFok'), 'ok'],
    ['NUL', Buffer.from('a\0b'), 'a\uFFFDb'],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xff, 0xc0, 0x80, 0x62]), 'a\uFFFD\uFFFD\uFFFDb'],
    ['an encoded surrogate', Buffer.from([0xed, 0xa0, 0x80]), '\uFFFD\uFFFD\uFFFD'],
    ['a character cut off at the end', Buffer.from('é').subarray(0, 1), '\uFFFD'],
    ['nothing', Buffer.alloc(0), ''],
  ])('%s', (_name, bytes, text) => {
    expect(storableText(bytes)).toBe(text);
  });

  test('keeps 1,000 characters whatever their bytes', () => {
    expect(storableText(Buffer.from('€'.repeat(5_000)))).toBe('€'.repeat(1_000));
    expect(storableText(Buffer.from('😀'.repeat(5_000)))).toBe('😀'.repeat(500));
    expect(storableText(Buffer.alloc(5_000, 0xff))).toBe('\uFFFD'.repeat(1_000));
  });

  test('does not cut a pair at the boundary', () => {
    expect(storableText(Buffer.from(`${'a'.repeat(999)}😀`))).toBe('a'.repeat(999));
  });
});

test('reading stops at 64 KiB', async () => {
  let chunksTaken = 0;
  async function* endless() {
    for (;;) {
      chunksTaken += 1;
      yield Buffer.alloc(16 * 1_024, 'x');
    }
  }
  expect(await readAnswerText(endless())).toBe('x'.repeat(1_000));
  expect(chunksTaken).toBe(4);
});

test('a character parted between chunks stays whole', async () => {
  async function* chunks() {
    for (const byte of Buffer.from('€uro')) yield Buffer.from([byte]);
  }
  expect(await readAnswerText(chunks())).toBe('€uro');
});
