import type { Page } from 'playwright-core';
import { testMerchant } from '../../shared/merchants/test-merchant.ts';
import { CheckoutScreen } from './checkout-screen.ts';
import type { Stage, Visit } from './stage.ts';

/** A callback the SDK called, in order. */
export type Call = [name: 'success' | 'failure' | 'close', argument?: Record<string, unknown>];

export interface ShopPage {
  page: Page;
  /** The checkout in its frame. */
  checkout: CheckoutScreen;
  buy: () => Promise<void>;
  calls: () => Promise<Call[]>;
  /** Waits until the page was called back so often: the frame shows how a payment went without waiting for the page. */
  called: (times: number) => Promise<unknown>;
  /** Waits until the modal is gone. */
  closed: () => Promise<void>;
}

/** A plain page of the merchant that includes the SDK as the contract shows it. Opened, and nothing pressed yet. */
export async function openShop(
  stage: Stage,
  orderId: string,
  { more = '', visit }: { more?: string; visit?: Visit } = {},
): Promise<ShopPage> {
  const page = await stage.newPage(visit);
  await page.goto(stage.merchant.publish(shopHtml(stage.checkoutOrigin, orderId, more)));
  return {
    page,
    checkout: new CheckoutScreen(page.frameLocator('[data-test-id=payment-iframe]')),
    buy: () => page.locator('#buy').click(),
    calls: () => page.evaluate<Call[]>('calls'),
    called: (times) => page.waitForFunction(`calls.length >= ${times}`),
    closed: () => page.getByTestId('payment-modal').waitFor({ state: 'detached' }),
  };
}

/** Between the markers stand the lines of the contract, with the port the checkout has here. */
const shopHtml = (checkoutOrigin: string, orderId: string, more: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A shop</title></head>
<body>
<h1>A shop</h1>
<button id="buy">Buy</button> <a href="#elsewhere" id="elsewhere">Elsewhere</a>
<p style="height: 3000px">A long page.</p>
<!-- contract --><script src="${checkoutOrigin}/checkout.js"></script><!-- /contract -->
<script>
const key = '${testMerchant.api_key}';
const orderId = '${orderId}';
const calls = [];
const onSuccess = (payment) => calls.push(['success', payment]);
const onFailure = (failure) => calls.push(['failure', failure]);
const onClose = () => calls.push(['close']);
document.querySelector('#buy').onclick = () => {
// contract
const checkout = new PaymentGateway({ key, orderId, onSuccess, onFailure, onClose });
checkout.open();
// /contract
window.opened = checkout;
};
</script>
${more}
</body>
</html>`;
