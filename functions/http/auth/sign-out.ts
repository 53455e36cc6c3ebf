import { routes } from '../../../shared/contracts/routes.ts';
import { jsonAnswer } from '../../../shared/http/answer.ts';
import { dashboardApi } from '../../../shared/http/chains.ts';
import { endedCookie } from '../../../shared/http/session-cookie.ts';
import { signOut } from '../../../shared/merchants/sessions/sign-out.ts';

export const handler = dashboardApi(routes.signOut, async ({ gateway, session }) => {
  await signOut(gateway, session.token);
  return jsonAnswer(200, {}, {}, { cookies: [endedCookie(gateway.settings)] });
});
