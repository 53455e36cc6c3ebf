import { readSecrets } from './read-secrets.ts';

/** Asked for while the rest of the bundle is still being loaded; whoever hosts the door hears how it went. */
export const secretsUnderWay = readSecrets();
secretsUnderWay.catch(() => undefined);
