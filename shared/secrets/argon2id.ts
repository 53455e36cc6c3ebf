import crypto, { type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { equalInConstantTime } from './equal-in-constant-time.ts';

/** Memory in KiB. */
export type Argon2Cost = { readonly memoryCost: number; readonly timeCost: number; readonly parallelism: number };

const saltBytes = 16;
const tagBytes = 32;

/** A PHC string, as every Argon2 writes it: algorithm, version 0x13, cost, salt and tag in base64 without padding. */
const phcPattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{16,})$/;

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** Hashes with a new salt, off the main thread. */
export async function hash(password: string, cost: Argon2Cost): Promise<string> {
  const salt = crypto.randomBytes(saltBytes);
  const tag = await derive(password, salt, cost, tagBytes);
  const { memoryCost, timeCost, parallelism } = cost;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** Whether the password is the one behind a PHC string, at the cost that stands in it. @throws for any other text. */
export async function verify(hashed: string, password: string): Promise<boolean> {
  const [, memory, passes, lanes, salt, tag] = phcPattern.exec(hashed) ?? [];
  if (salt === undefined || tag === undefined) throw new Error('this is no hash of Argon2id');
  const cost = { memoryCost: Number(memory), timeCost: Number(passes), parallelism: Number(lanes) };
  const wanted = Buffer.from(tag, 'base64');
  const found = await derive(password, Buffer.from(salt, 'base64'), cost, wanted.length);
  return equalInConstantTime(base64(found), base64(wanted));
}

async function derive(password: string, salt: Buffer, cost: Argon2Cost, length: number): Promise<Buffer> {
  const { memoryCost: memory, timeCost: passes, parallelism } = cost;
  const parameters = { message: password, nonce: salt, memory, passes, parallelism, tagLength: length };
  return ofNode === undefined ? ofPackage(parameters) : ofNode('argon2id', parameters);
}

/** Node has Argon2 itself since 24.7; on an Apple silicon Mac the packaged Node is 24.0. */
const { argon2 } = crypto as Partial<Pick<typeof crypto, 'argon2'>>;
const ofNode = argon2 && promisify(argon2);

async function ofPackage({
  message,
  nonce,
  memory,
  passes,
  parallelism,
  tagLength,
}: Argon2Parameters): Promise<Buffer> {
  const { hashRaw } = await import('@node-rs/argon2');
  const cost = { memoryCost: memory, timeCost: passes, parallelism, outputLen: tagLength };
  return hashRaw(message as string, { ...cost, salt: nonce as Uint8Array });
}
