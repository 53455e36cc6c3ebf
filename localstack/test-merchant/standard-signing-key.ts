const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]{4,}={0,2}$/;

/**
 * Standard Webhooks keys are base64 behind `whsec_`. A secret that is not base64 (such as `whsec_test_abc123`) is used
 * whole, letter by letter: the "raw" format of the standardwebhooks package.
 */
export function standardSigningKey(secret: string): Buffer {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  return BASE64.test(encoded) ? Buffer.from(encoded, 'base64') : Buffer.from(secret);
}
