import { describe, expect, test } from '@jest/globals';
import { holdBack } from './hold-back.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id, at: 'first' }));
const later = (...ids: string[]) => ids.map((id) => ({ id, at: 'later' }));

describe('rows under a pointer', () => {
  test('stay where they are, and say what is new of them', () => {
    const held = holdBack(rows('c', 'b', 'a'), later('e', 'd', 'c', 'b', 'a'));
    expect(held).toEqual({ rows: later('c', 'b', 'a'), newCount: 2 });
  });

  test('that slid off the page stay as they were', () => {
    const held = holdBack(rows('c', 'b', 'a'), later('d', 'c', 'b'));
    expect(held).toEqual({ rows: [...later('c', 'b'), ...rows('a')], newCount: 1 });
  });

  test('of another page make room', () => {
    expect(holdBack(rows('c', 'b'), later('z', 'y'))).toEqual({ rows: later('z', 'y'), newCount: 0 });
    expect(holdBack([], later('a'))).toEqual({ rows: later('a'), newCount: 0 });
  });
});
