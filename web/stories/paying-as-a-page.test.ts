import { expect, test } from '@jest/globals';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen, visa } from './checkout-screen.ts';
import { useStage } from './stage.ts';

inChromium('paying on the checkout as a page', () => {
  const stage = useStage();

  const paymentOf = async (order: string) =>
    (await stage.sql<any>(
      'select id, method, status, vpa, card_network, card_last4 from payments where order_id = $1',
      [order],
    )) as unknown[];

  test('shows what is paid, and to whom', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    expect(await checkout.reads('order-amount')).toBe('₹500.00');
    expect(await checkout.reads('order-id')).toContain(order);
    expect(await checkout.reads('checkout-container')).toContain('Test Merchant');
    expect(await page.title()).not.toBe('');
    for (const method of ['upi', 'card'])
      expect(await checkout.get(`method-${method}`).getAttribute('data-method')).toBe(method);
  });

  test.each([
    [100, '₹1.00'],
    [101, '₹1.01'],
    [10_000_000, '₹1,00,000.00'],
  ])('an order of %i paise reads %s, in the Pay button too', async (amount, text) => {
    const page = await stage.newPage();
    await page.goto(stage.checkout(await anOrder(amount)));
    const checkout = new CheckoutScreen(page);
    expect(await checkout.reads('order-amount')).toBe(text);
    await checkout.get('method-card').click();
    expect(await checkout.pay('card-form').innerText()).toContain(text);
  });

  test('by UPI', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    await checkout.payByUpi();
    expect(await checkout.reads('processing-message')).not.toBe('');
    const id = await checkout.reads('payment-id');
    expect(await checkout.reads('success-message')).not.toBe('');
    expect(await paymentOf(order)).toEqual([
      { id, method: 'upi', status: 'success', vpa: 'success@test', card_network: null, card_last4: null },
    ]);
  });

  test('by card', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    await checkout.payByCard(visa);
    const id = await checkout.reads('payment-id');
    expect(await paymentOf(order)).toEqual([
      { id, method: 'card', status: 'success', vpa: null, card_network: 'visa', card_last4: '1111' },
    ]);
  });
});
