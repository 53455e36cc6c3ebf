import { type BellMessage, maxIdsPerMessage } from './bell-message.ts';
import type { Bell } from './doorbell.ts';

export type PackedBells = { readonly message: BellMessage; readonly delayMs: number };

/** Packs bells of one type and delay into as few messages as hold them, in their order. */
export function packBells(bells: readonly Bell[]): PackedBells[] {
  const alike = Map.groupBy(bells, ({ type, delayMs }) => `${type} ${delayMs}`);
  return [...alike.values()].flatMap((group) => chunks(group).map(pack));
}

function chunks(bells: readonly Bell[]): Bell[][] {
  const count = Math.ceil(bells.length / maxIdsPerMessage);
  return Array.from({ length: count }, (_, n) => bells.slice(n * maxIdsPerMessage, (n + 1) * maxIdsPerMessage));
}

function pack(bells: readonly Bell[]): PackedBells {
  const [first] = bells as [Bell, ...Bell[]];
  return { message: { v: 1, type: first.type, ids: bells.map(({ id }) => id) }, delayMs: first.delayMs };
}
