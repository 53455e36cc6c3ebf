import { customAlphabet } from 'nanoid';
import type { Settings } from '../runtime/settings.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** A key is a name, not a secret: 24 characters are for telling merchants apart for ever. */
const keyCharacters = customAlphabet(alphabet, 24);
/** 238 bits: nobody guesses it, at any rate and without any limit on tries. */
const secretCharacters = customAlphabet(alphabet, 40);

const kindOf = { sandbox: 'test', production: 'live' } as const satisfies Record<Settings['GATEWAY_MODE'], string>;

/** `key_live_...` where money is real, `key_test_...` where it is not, so that a mix-up is seen at a glance. */
export const newApiKey = (mode: Settings['GATEWAY_MODE']) => `key_${kindOf[mode]}_${keyCharacters()}`;

export const newApiSecret = (mode: Settings['GATEWAY_MODE']) => `secret_${kindOf[mode]}_${secretCharacters()}`;
