import { routes } from '../../../shared/contracts/routes.ts';
import { dashboardApi } from '../../../shared/http/chains.ts';
import { shownSession } from '../../../shared/merchants/sessions/shown-session.ts';

export const handler = dashboardApi(routes.getSession, ({ gateway, session }) =>
  Promise.resolve(shownSession(gateway.settings, session.merchant, session)),
);
