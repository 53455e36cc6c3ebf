import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { GatewayError } from '../contracts/errors.ts';
import { readJsonBody } from './read-json-body.ts';

const read = (body: string | undefined, isBase64Encoded = false) =>
  readJsonBody({ body, isBase64Encoded } as APIGatewayProxyEventV2);
const readBytes = (bytes: Uint8Array) => read(Buffer.from(bytes).toString('base64'), true);
const refusal = (message: string | RegExp, field?: string) =>
  expect.objectContaining({
    code: 'BAD_REQUEST_ERROR',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    field,
  });

describe('the size', () => {
  const ofBytes = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
  const tooLarge = expect.objectContaining({
    code: 'PAYLOAD_TOO_LARGE',
    message: 'The request body must be at most 65536 bytes, but it is 65537',
  });

  test('of 64 KiB exactly passes, one byte more does not', () => {
    expect(read(ofBytes(65_536))).toHaveLength(65_534);
    expect(() => read(ofBytes(65_537))).toThrow(tooLarge);
  });

  test('counts bytes, not characters', () => {
    const twoByteCharacters = JSON.stringify('é'.repeat(32_767));
    expect(read(twoByteCharacters)).toHaveLength(32_767);
    expect(() => read(`${twoByteCharacters} `)).toThrow(tooLarge);
  });

  test('of a base64 body is that of what it encodes', () => {
    expect(readBytes(Buffer.from(ofBytes(65_536)))).toHaveLength(65_534);
    expect(() => readBytes(Buffer.from(ofBytes(65_537)))).toThrow(tooLarge);
  });
});

describe('the depth', () => {
  const nested = (levels: number, [open, close]: [string, string]) => open.repeat(levels) + close.repeat(levels);

  test.each([['[', ']'] as [string, string], ['{"a":[', ']}'] as [string, string]])(
    'of %s...%s has its end',
    (...pair) => {
      const levels = pair[0] === '[' ? 1 : 2;
      expect(() => read(nested(32 / levels, pair))).not.toThrow();
      expect(() => read(`[${nested(32 / levels, pair)}]`)).toThrow(
        refusal('The request body must not be nested deeper than 32 levels'),
      );
    },
  );

  test('does not count what is side by side, or within a string', () => {
    expect(read(`[${Array(100).fill('[{}]').join(',')}]`)).toHaveLength(100);
    const text = '{['.repeat(100);
    expect(read(JSON.stringify({ text, [`"${text}`]: `\\"${text}` }))).toEqual({ text, [`"${text}`]: `\\"${text}` });
  });

  test('is told before anything is parsed, however deep', () => {
    expect(() => read('['.repeat(60_000))).toThrow(refusal(/deeper than 32/));
  });
});

describe('text that no database holds', () => {
  test.each([
    ['{"receipt":"a\\u0000b"}', 'receipt must not contain a NUL character', 'receipt'],
    ['{"notes":{"a":["x",{"b":"\\u0000"}]}}', 'notes.a[1].b must not contain a NUL character', 'notes.a[1].b'],
    ['{"a\\u0000":1}', 'A key of the request body must not contain a NUL character', undefined],
    ['{"notes":{"\\u0000":1}}', 'A key of notes must not contain a NUL character', 'notes'],
    ['"\\u0000"', 'The request body must not contain a NUL character', undefined],
    ['{"a":"\\ud800"}', 'a must be well-formed Unicode, but it holds a lone surrogate', 'a'],
    ['{"a":"\\udc00x"}', 'a must be well-formed Unicode, but it holds a lone surrogate', 'a'],
    [
      '{"\\ud83d":1}',
      'A key of the request body must be well-formed Unicode, but it holds a lone surrogate',
      undefined,
    ],
  ])('%s is refused: %s', (body, sentence, field) => {
    expect(() => read(body)).toThrow(refusal(sentence, field));
  });

  test('a whole pair is a character', () => {
    expect(read('{"a":"\\ud83d\\ude00"}')).toEqual({ a: '😀' });
  });
});

describe('bytes that are not UTF-8', () => {
  const sentence = 'The request body must be UTF-8, but it holds bytes that are not';

  test.each([
    ['a stray byte', [0x22, 0xff, 0x22]],
    ['a cut character', [0x22, 0xe2, 0x82, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['Latin-1', [0x22, 0xe9, 0x22]],
  ])('%s is refused', (_what, bytes) => {
    expect(() => readBytes(Uint8Array.from(bytes))).toThrow(refusal(sentence));
  });

  test('what the host has replaced is refused too', () => {
    expect(() => read('{"a":"caf\uFFFD"}')).toThrow(refusal(sentence));
  });

  test('an escaped replacement character is the sender’s own', () => {
    expect(read('"\\ufffd"')).toBe('\uFFFD');
  });
});

describe('base64', () => {
  test('is decoded', () => {
    expect(readBytes(Buffer.from('{"note":"₹ 😀"}'))).toEqual({ note: '₹ 😀' });
  });
  test('is not guessed', () => {
    expect(() => read('e30=')).toThrow(refusal(/^The request body is not valid JSON/));
  });
});

describe('what is not JSON', () => {
  test.each([undefined, '', '  \r\n\t'])('an empty body (%j) is named as such', (body) => {
    expect(() => read(body)).toThrow(refusal('A JSON object was expected as the request body, but it is empty'));
  });

  test('is answered with its place', () => {
    expect(() => read('{"amount" 500}')).toThrow(
      refusal('The request body is not valid JSON (at position 10 (line 1 column 11))'),
    );
  });

  test.each([
    'NaN',
    "{'a':1}",
    '{"a":1,}',
    '{"a":1',
    '[1 2]',
    '01',
    '\uFEFF{}',
    '{"card":{"number":"4111111111111111",}}',
  ])('%s is refused', (body) => {
    expect(() => read(body)).toThrow(refusal(/^The request body is not valid JSON/));
  });

  test('is never echoed', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.json().map((json) => json.slice(0, -1)),
      fc.string().map((s) => `at position 4${s}`),
    );
    fc.assert(
      fc.property(anyText, (body) => {
        const message = messageOf(body);
        fc.pre(message?.startsWith('The request body is not') === true);
        expect(message).toMatch(
          /^The request body is not valid JSON( \(at position \d{1,4} \(line \d+ column \d+\)\))?$/,
        );
      }),
    );
  });

  function messageOf(body: string): string | undefined {
    try {
      read(body);
      return undefined;
    } catch (error) {
      expect(error).toBeInstanceOf(GatewayError);
      return (error as GatewayError).message;
    }
  }
});

test('whatever JSON is fit for the database is read as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/\\u0000|\uFFFD/.test(text));
      expect(read(text)).toEqual(JSON.parse(text));
    }),
  );
});
