import { expect, test } from '@jest/globals';
import { type SmallStorage, tabStorage } from './tab-storage.ts';

/** A browser's cookies as far as these go: one name, its text, and an end by Max-Age=0. */
function cookieJar() {
  const kept = new Map<string, string>();
  return {
    written: [] as string[],
    get cookie() {
      return [...kept].map((pair) => pair.join('=')).join('; ');
    },
    set cookie(line: string) {
      this.written.push(line);
      const [, name = '', text = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes('Max-Age=0')) kept.delete(name);
      else kept.set(name, text);
    },
  };
}
const denied = {
  get sessionStorage(): SmallStorage {
    throw new Error('Access is denied for this document.');
  },
};

test('is the tab’s own while the browser lets us', () => {
  const sessionStorage: SmallStorage = { getItem: () => 'own', setItem: () => undefined, removeItem: () => undefined };
  expect(tabStorage({ window: { sessionStorage }, document: cookieJar() }).getItem('a')).toBe('own');
});

test('else is a cookie that only this page of this site sees', () => {
  const document = cookieJar();
  const storage = tabStorage({ window: denied, document });
  expect(storage.getItem('payment')).toBeNull();
  storage.setItem('payment', '{"key":"a; b=c"}');
  storage.setItem('other', '1');
  expect(storage.getItem('payment')).toBe('{"key":"a; b=c"}');
  for (const line of document.written) expect(line).toMatch(/^__Host-.*; Path=\/; Secure; SameSite=None; Partitioned$/);
  storage.removeItem('payment');
  expect([storage.getItem('payment'), storage.getItem('other')]).toEqual([null, '1']);
});
