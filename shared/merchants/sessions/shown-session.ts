import type { Settings } from '../../runtime/settings.ts';
import { csrfTokenOf } from './session-token.ts';

type Merchant = { id: string; name: string; email: string; is_operator: boolean };

export type Session = ReturnType<typeof shownSession>;

/** What the dashboard's page knows of its session. The token itself is the cookie's alone, where no script can read it. */
export const shownSession = (
  { GATEWAY_MODE }: Pick<Settings, 'GATEWAY_MODE'>,
  { id, name, email, is_operator }: Merchant,
  { token, expiresAt }: { token: string; expiresAt: Date },
) => ({
  merchant: { id, name, email },
  is_operator,
  mode: GATEWAY_MODE,
  csrf_token: csrfTokenOf(token),
  expires_at: expiresAt,
});
