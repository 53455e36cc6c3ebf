import { describe, expect, jest, test } from '@jest/globals';
import { frameLink } from './frame-link.ts';

function embedded() {
  const told: { message: any; targetOrigin: string }[] = [];
  const page = { postMessage: (message: any, targetOrigin: string) => void told.push({ message, targetOrigin }) };
  let listener: (event: any) => void = () => {};
  const onCloseRequested = jest.fn();
  const frame = { parent: page, addEventListener: (_type: 'message', listen: any) => void (listener = listen) };
  const link = frameLink(frame, onCloseRequested);
  const hear = (data: unknown, origin = 'https://shop.example', source: unknown = page) =>
    listener({ data, origin, source });
  return { link, told, hear, onCloseRequested, types: () => told.map(({ message }) => message.type) };
}

const hello = { type: 'hello', data: {} };
const closeRequested = { type: 'close_requested', data: {} };
const closeModal = { type: 'close_modal', data: {} } as const;

describe('whom the frame answers', () => {
  test('the page that said hello, at its origin', () => {
    const { link, told, hear } = embedded();
    hear(hello);
    link.say(closeModal);
    expect(told).toEqual([
      { message: { type: 'ready', data: {} }, targetOrigin: 'https://shop.example' },
      { message: closeModal, targetOrigin: 'https://shop.example' },
    ]);
  });

  test('every hello of it', () => {
    const { hear, types } = embedded();
    hear(hello);
    hear(hello);
    expect(types()).toEqual(['ready', 'ready']);
  });

  test('nobody before, and then nothing is lost', () => {
    const { link, told, hear, types } = embedded();
    link.say(closeModal);
    expect(told).toEqual([]);
    hear(hello);
    expect(types()).toEqual(['ready', 'close_modal']);
  });

  test('not another window', () => {
    const { told, hear } = embedded();
    hear(hello, 'https://evil.example', {});
    expect(told).toEqual([]);
  });

  test('not another origin after the first', () => {
    const { link, told, hear } = embedded();
    hear(hello);
    hear(hello, 'https://evil.example');
    link.say(closeModal);
    expect(told.map(({ targetOrigin }) => targetOrigin)).toEqual(['https://shop.example', 'https://shop.example']);
  });

  test.each(['null', ''])('not a page whose origin is %j', (origin) => {
    const { told, hear } = embedded();
    hear(hello, origin);
    expect(told).toEqual([]);
  });
});

describe('a wish to close', () => {
  test('is heard from the page', () => {
    const { hear, onCloseRequested } = embedded();
    hear(hello);
    hear(closeRequested);
    expect(onCloseRequested).toHaveBeenCalledTimes(1);
  });

  test('is not heard from a stranger, or from somebody who never said hello', () => {
    const { hear, onCloseRequested } = embedded();
    hear(closeRequested);
    hear(hello);
    hear(closeRequested, 'https://evil.example');
    hear(closeRequested, 'https://shop.example', {});
    expect(onCloseRequested).not.toHaveBeenCalled();
  });

  test.each([null, undefined, 'close_requested', 7, {}, { type: 'payment_success' }])('%j is nothing', (data) => {
    const { hear, told, onCloseRequested } = embedded();
    hear(hello);
    hear(data);
    expect(told).toHaveLength(1);
    expect(onCloseRequested).not.toHaveBeenCalled();
  });
});

test('a page of its own says nothing to anybody', () => {
  const told: unknown[] = [];
  const top: any = { addEventListener: () => {}, postMessage: (message: unknown) => told.push(message) };
  top.parent = top;
  frameLink(top, () => {}).say(closeModal);
  expect(told).toEqual([]);
});
