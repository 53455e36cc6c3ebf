import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { shownMerchant } from '../../../shared/merchants/merchant-profile.ts';

export const handler = merchantApi(routes.getMerchant, ({ gateway, merchant }) =>
  Promise.resolve(shownMerchant(gateway, merchant)),
);
