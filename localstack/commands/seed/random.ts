import { createHash } from 'node:crypto';
import type { IdPrefix } from '../../../shared/contracts/ids.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** @throws when there is nothing at that place. */
export function at<T>(all: readonly T[], index: number): T {
  const found = all[index];
  if (found === undefined) throw new RangeError(`there are ${all.length}, and none at ${index}`);
  return found;
}

/** Chance that comes out the same for the same seed, on every machine. Nothing that must not be guessed is made of it. */
export class Random {
  #state: [number, number, number, number];

  constructor(seed: number) {
    const hash = createHash('sha256').update(`seed ${seed}`).digest();
    this.#state = [hash.readInt32LE(0), hash.readInt32LE(4), hash.readInt32LE(8), 1];
  }

  /** From 0 to below 1: sfc32, the small fast counting generator of PractRand. */
  next(): number {
    const [a, b, c, d] = this.#state;
    const sum = (((a + b) | 0) + d) | 0;
    const mixed = (c + (c << 3)) | 0;
    this.#state = [b ^ (b >>> 9), mixed, (((c << 21) | (c >>> 11)) + sum) | 0, (d + 1) | 0];
    return (sum >>> 0) / 2 ** 32;
  }

  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  whole(min: number, max: number): number {
    return Math.floor(this.between(min, max + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Two uniform ones make a normal one, after Box and Muller. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** One of them, each as often as its weight says. */
  pick<T extends string>(weights: Readonly<Partial<Record<T, number>>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return this.oneOf(entries)[0];
  }

  /** @throws when there are none. */
  oneOf<T>(all: readonly T[]): T {
    return at(all, Math.floor(this.next() * all.length));
  }

  id(prefix: IdPrefix): string {
    let id = `${prefix}_`;
    for (let place = 0; place < 16; place++) id += alphabet.charAt(Math.floor(this.next() * alphabet.length));
    return id;
  }

  /** Of version 4, as the others are. */
  uuid(): string {
    const hex = (digits: number) =>
      Math.floor(this.next() * 16 ** digits)
        .toString(16)
        .padStart(digits, '0');
    const variant = '89ab'[Math.floor(this.next() * 4)] ?? '8';
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
  }
}
