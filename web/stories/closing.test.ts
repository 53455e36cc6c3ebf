import { expect, test } from '@jest/globals';
import { anOrder } from '../../shared/testing/shop.ts';
import { until } from '../../shared/testing/until.ts';
import { inChromium } from './browser.ts';
import { paymentsOf } from './payments-of.ts';
import { openShop, type ShopPage } from './shop-page.ts';
import { useStage } from './stage.ts';

/** By which a shopper closes it. Esc goes to whichever of the two documents has the focus. */
const waysOut = {
  'the button': ({ page }: ShopPage) => page.getByTestId('close-modal-button').click(),
  'Esc in the frame': async ({ page, checkout }: ShopPage) => {
    await checkout.get('order-summary').click();
    // Not waited for: the frame may be gone before the key is up again, and then nobody answers for it.
    void page.keyboard.press('Escape').catch(() => undefined);
  },
  'Esc on the page': async ({ page }: ShopPage) => {
    await page.getByTestId('close-modal-button').focus();
    await page.keyboard.press('Escape');
  },
};
const ways = Object.keys(waysOut) as (keyof typeof waysOut)[];

inChromium('closing the modal', () => {
  const stage = useStage();

  const opened = async (orderId: string) => {
    const shop = await openShop(stage, orderId);
    await shop.buy();
    await shop.checkout.get('order-summary').waitFor();
    return shop;
  };
  /** Pays, and does `work` while the payment is processing. */
  const whileProcessing = (shop: ShopPage, work: () => Promise<void>) =>
    stage.worker.whileFrozen(async () => {
      await shop.checkout.payByUpi();
      await shop.checkout.get('processing-state').waitFor();
      await work();
    });
  /** Closed once, told once, and the focus is where it came from. */
  const expectClosed = async ({ page, closed, calls }: ShopPage, before: string[] = []) => {
    await closed();
    expect((await calls()).map(([name]) => name)).toEqual([...before, 'close']);
    expect(await page.evaluate('document.activeElement.id')).toBe('buy');
  };

  test.each(ways)('by %s while choosing', async (way) => {
    const shop = await opened(await anOrder());
    await waysOut[way](shop);
    await expectClosed(shop);
  });

  test.each(ways)('by %s with the form half filled in, and it opens again', async (way) => {
    const shop = await opened(await anOrder());
    await shop.checkout.get('method-card').click();
    await shop.checkout.get('card-number-input').fill('4111 11');
    await waysOut[way](shop);
    await expectClosed(shop);
    await shop.buy();
    await shop.checkout.get('order-summary').waitFor();
  });

  test.each(ways)('by %s while processing asks first; whoever stays sees the end', async (way) => {
    const shop = await opened(await anOrder());
    await whileProcessing(shop, async () => {
      await waysOut[way](shop);
      const question = shop.checkout.at.getByRole('alertdialog');
      expect(await question.innerText()).toContain('Your payment may still go through. Leave anyway?');
      expect(await shop.calls()).toEqual([]);
      await question.getByRole('button', { name: 'Stay' }).click();
    });
    await expectClosed(shop, ['success']);
  });

  test.each(ways)('by %s while processing, and leaving: the payment goes on without it', async (way) => {
    const order = await anOrder();
    const shop = await opened(order);
    await whileProcessing(shop, async () => {
      await waysOut[way](shop);
      await shop.checkout.at.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click();
      await expectClosed(shop);
    });
    await until('it is paid', async () => (await paymentsOf(stage, order))[0]?.status === 'success');
  });

  test('Esc at the question stays', async () => {
    const shop = await opened(await anOrder());
    await whileProcessing(shop, async () => {
      await waysOut['the button'](shop);
      const question = shop.checkout.at.getByRole('alertdialog');
      await question.waitFor();
      await shop.page.keyboard.press('Escape');
      await question.waitFor({ state: 'detached' });
    });
    await expectClosed(shop, ['success']);
  });

  test.each(ways)('by %s after a failure', async (way) => {
    const shop = await opened(await anOrder());
    await shop.checkout.payByUpi('failure@test');
    await shop.checkout.get('error-state').waitFor();
    await waysOut[way](shop);
    await expectClosed(shop, ['failure']);
  });

  test('by checkout.close(), twice', async () => {
    const shop = await opened(await anOrder());
    await shop.page.evaluate('opened.close(); opened.close()');
    await expectClosed(shop);
  });
});
