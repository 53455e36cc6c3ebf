import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { revealApiSecret } from '../../../shared/merchants/merchant-profile.ts';

export const handler = merchantApi(routes.revealApiSecret, ({ gateway, merchant }) =>
  Promise.resolve(revealApiSecret(gateway, merchant)),
);
