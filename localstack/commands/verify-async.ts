/** `npm run verify:async`: pays an order of the running gateway and follows it to its last webhook. */
import '../die-with-parent.ts';
import { checkSignatures } from './verify/check-signatures.ts';
import { awaitDelivery, readWebhookUrl } from './verify/check-webhooks.ts';
import { payAnOrder } from './verify/pay-an-order.ts';
import { runVerification } from './verify/run-verification.ts';

const EVENTS = ['payment.created', 'payment.pending', 'payment.success'] as const;

process.exitCode = await runVerification(
  {
    command: 'verify:async',
    about: 'Pays an order, waits until the payment has settled, and looks for its webhooks.',
    success: 'Asynchronous payments work, up to the last webhook',
    perform: async (verification) => {
      const { client, steps, testMerchantUrl } = verification;
      const webhookUrl = await steps.step('webhook URL', async () => {
        const url = await readWebhookUrl(client, testMerchantUrl);
        return { line: `webhooks go to ${url}`, result: url };
      });
      const payment = await payAnOrder(verification);
      for (const event of EVENTS) await awaitDelivery(verification, event, payment);
      await checkSignatures(verification, webhookUrl, EVENTS, payment.id);
    },
  },
  process.argv.slice(2),
);
