import { customAlphabet } from 'nanoid';
import type { IdPrefix } from '../contracts/ids.ts';

const random16 = customAlphabet('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 16);

/** A new public id, such as `pay_NXhj67fGH2jk9mPq`: the prefix and 16 characters from the platform's CSPRNG. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${random16()}`;
