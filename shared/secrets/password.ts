import { hash, verify } from './argon2id.ts';

/**
 * How passwords are hashed: Argon2id with 19 MiB, two passes and one lane, the first choice of OWASP's Password Storage
 * Cheat Sheet.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** NIST SP 800-63B-4, 3.1.1.2: at least 15 characters where the password is the only factor, and no rule but length. */
export const minPasswordCharacters = 15;
/** Nobody types more (NIST asks to allow 64), and nobody shall make us hash a megabyte. */
export const maxPasswordCharacters = 128;

/** A hash that no password has, at the price of a real one. */
const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Why this cannot be a new password, as the end of a sentence that begins with what it is called; undefined if it can. */
export function passwordProblem(password: string): string | undefined {
  const { length } = charactersOf(password);
  if (length < minPasswordCharacters) return `must have at least ${minPasswordCharacters} characters`;
  if (length > maxPasswordCharacters) return `must have at most ${maxPasswordCharacters} characters`;
  return undefined;
}

/** @throws when `passwordProblem` finds one: whoever asks a person for a password asks that first. */
export function hashPassword(password: string): Promise<string> {
  const problem = passwordProblem(password);
  if (problem !== undefined) throw new RangeError(`A password ${problem}`);
  return hash(normalized(password), cost);
}

/**
 * Whether the password is the one behind `hashed`. Without a hash the answer is no, after the same time: how long it
 * takes does not tell whether somebody has a password, or exists. Only a password that can be nobody's is refused at once.
 */
export async function verifyPassword(password: string, hashed: string | null): Promise<boolean> {
  if (charactersOf(password).length > maxPasswordCharacters) return false;
  const matches = await verify(hashed ?? decoy, normalized(password));
  return matches && hashed !== null;
}

/** Two keyboards may send one visible character in two ways (NIST SP 800-63B-4, 3.1.1.2: NFC or NFKC). */
const normalized = (password: string) => password.normalize('NFKC');

/** Code points, as NIST counts. What is too long in UTF-16 units is not taken apart first. */
function charactersOf(password: string): { length: number } {
  return password.length > 4 * maxPasswordCharacters ? password : Array.from(normalized(password));
}
