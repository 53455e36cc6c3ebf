import { routes } from '../../../shared/contracts/routes.ts';
import { jsonAnswer } from '../../../shared/http/answer.ts';
import { signInApi } from '../../../shared/http/chains.ts';
import { sessionCookie } from '../../../shared/http/session-cookie.ts';
import { signIn } from '../../../shared/merchants/sessions/sign-in.ts';

export const handler = signInApi(routes.signIn, async ({ gateway, body, givenToken }) => {
  const { token, session } = await signIn(gateway, body, givenToken);
  return jsonAnswer(200, session, {}, { cookies: [sessionCookie(gateway.settings, token)] });
});
