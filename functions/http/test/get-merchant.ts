import { routes } from '../../../shared/contracts/routes.ts';
import { publicApi } from '../../../shared/http/chains.ts';
import { describeTestMerchant } from '../../../shared/merchants/test-merchant.ts';

export const handler = publicApi(routes.getTestMerchant, ({ gateway }) =>
  describeTestMerchant(gateway, gateway.settings.SEED_TEST_MERCHANT),
);
