import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { updateMerchant } from '../../../shared/merchants/merchant-profile.ts';

export const handler = merchantApi(routes.updateMerchant, ({ gateway, merchant, body }) =>
  updateMerchant(gateway, merchant.id, body),
);
