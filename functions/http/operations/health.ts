import { routes } from '../../../shared/contracts/routes.ts';
import { publicApi } from '../../../shared/http/chains.ts';
import { checkHealth } from '../../../shared/http/check-health.ts';

export const handler = publicApi(routes.health, ({ gateway }) => checkHealth(gateway.database));
