import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Settings } from '../runtime/settings.ts';
import { lifetimeMs } from '../merchants/sessions/session-store.ts';

type Mode = Pick<Settings, 'GATEWAY_MODE'>;

/*
 * `__Host-` makes the browser refuse the cookie from anybody but this very host over https (RFC 6265bis, 4.1.3.2). A
 * sandbox has no https, and there the browser would refuse it from us.
 */
const kinds = {
  production: { name: '__Host-gateway_session', attributes: 'Path=/; HttpOnly; SameSite=Strict; Secure' },
  sandbox: { name: 'gateway_session', attributes: 'Path=/; HttpOnly; SameSite=Strict' },
} as const satisfies Record<Settings['GATEWAY_MODE'], object>;

/** As old as a session can become; before that it ends at the server. */
const maxAgeSeconds = lifetimeMs / 1000;

export function sessionCookie({ GATEWAY_MODE }: Mode, token: string): string {
  const { name, attributes } = kinds[GATEWAY_MODE];
  return `${name}=${token}; Max-Age=${maxAgeSeconds}; ${attributes}`;
}

/** Makes the browser forget the session. */
export function endedCookie({ GATEWAY_MODE }: Mode): string {
  const { name, attributes } = kinds[GATEWAY_MODE];
  return `${name}=; Max-Age=0; ${attributes}`;
}

/** The token a request comes with, whatever it is worth. */
export function givenToken(
  { GATEWAY_MODE }: Mode,
  { cookies, headers }: Pick<APIGatewayProxyEventV2, 'cookies' | 'headers'>,
): string | undefined {
  // API Gateway has taken the header apart; where it has not, it is the header that is as it was sent.
  const all = headers.cookie?.split(';') ?? cookies ?? [];
  const start = `${kinds[GATEWAY_MODE].name}=`;
  const token = all
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length);
  return token === '' ? undefined : token;
}
