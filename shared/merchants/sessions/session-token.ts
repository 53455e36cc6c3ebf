import { createHash, createHmac, randomBytes } from 'node:crypto';

/** The prefix lets a scanner for leaked secrets, the doctor's among them, know one when it sees it. */
const prefix = 'sess_';

/** What the cookie holds: 256 bits, for whoever has it is signed in. */
export const newSessionToken = () => `${prefix}${randomBytes(32).toString('base64url')}`;

/** How a token looks, wherever it stands; for PostgreSQL's regular expressions, too. */
export const sessionTokenPattern = `${prefix}[A-Za-z0-9_-]{43}`;

/** What is stored of a token. It needs no salt and no slowness: there is nothing to guess. */
export const hashOfToken = (token: string) => createHash('sha256').update(token).digest();

/**
 * What a page must say with whatever changes something: the browser adds the cookie to anybody's request, and only our
 * own page knows this. It follows from the token, so it ends with it and is stored nowhere, and the token does not follow from it.
 */
export const csrfTokenOf = (token: string) =>
  createHmac('sha256', token).update('csrf token of the dashboard').digest('base64url');
