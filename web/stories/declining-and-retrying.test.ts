import { expect, test } from '@jest/globals';
import { anOrder } from '../../shared/testing/shop.ts';
import { inChromium } from './browser.ts';
import { CheckoutScreen, cvv, declinedCard, visa } from './checkout-screen.ts';
import { chargesOf, paymentsOf } from './payments-of.ts';
import { openShop } from './shop-page.ts';
import { useStage } from './stage.ts';

inChromium('a payment that is declined', () => {
  const stage = useStage();

  test('leaves the form filled in but for the security code, and the next try pays', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    await checkout.payByCard(declinedCard);
    expect(await checkout.reads('error-message')).not.toBe('');
    await checkout.get('retry-button').click();

    const field = (testId: string) => checkout.get(testId).inputValue();
    expect((await field('card-number-input')).replaceAll(' ', '')).toBe(declinedCard);
    expect(await field('cardholder-name-input')).toBe('Asha Rao');
    expect(await field('expiry-input')).toMatch(/^12 ?\/ ?34$/);
    expect(await field('cvv-input')).toBe('');

    await checkout.get('card-number-input').fill(visa);
    await checkout.get('cvv-input').fill(cvv);
    await checkout.pay('card-form').click();
    await checkout.reads('success-state');
    expect((await paymentsOf(stage, order)).map(({ status }) => status)).toEqual(['failed', 'success']);
    expect(await chargesOf(stage, order)).toBe(1);
  });

  test('is told to the page that embeds it, and stays open to be tried again in another way', async () => {
    const order = await anOrder();
    const { buy, called, calls, checkout, closed } = await openShop(stage, order);
    await buy();
    await checkout.payByCard(declinedCard);
    await checkout.get('error-state').waitFor();
    const [declined] = await paymentsOf(stage, order);
    const failure = ['failure', { code: 'PAYMENT_FAILED', description: expect.any(String), paymentId: declined?.id }];
    await called(1);
    expect(await calls()).toEqual([failure]);

    await checkout.get('retry-button').click();
    await checkout.payByUpi();
    await closed();
    const [, paid] = await paymentsOf(stage, order);
    expect(await calls()).toEqual([
      failure,
      ['success', { paymentId: paid?.id, orderId: order, status: 'success' }],
      ['close'],
    ]);
  });

  test('says why, each reason in its own words', async () => {
    const page = await stage.newPage();
    const words = new Set<string>();
    const cards = [declinedCard, '4000000000009995', '4000000000000069', '4000000000000127', '4000000000000119'];
    for (const card of cards) {
      await page.goto(stage.checkout(await anOrder()));
      const checkout = new CheckoutScreen(page);
      await checkout.payByCard(card);
      words.add(await checkout.reads('error-message'));
    }
    expect(words.size).toBe(cards.length);
  });

  test('may be followed by any number of others', async () => {
    const order = await anOrder();
    const page = await stage.newPage();
    await page.goto(stage.checkout(order));
    const checkout = new CheckoutScreen(page);
    for (let tries = 1; tries <= 3; tries++) {
      await checkout.payByUpi('failure@test');
      await checkout.get('retry-button').click();
    }
    await checkout.payByUpi();
    await checkout.reads('success-state');
    expect((await paymentsOf(stage, order)).map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill('failed'),
      'success',
    ]);
  });
});
