/** `npm run verify:refunds`: refunds a payment of the running gateway in two parts, and tries to refund too much. */
import '../die-with-parent.ts';
import { ORDER_AMOUNT, payAnOrder } from './verify/pay-an-order.ts';
import { refundAndWait, refuseRefund } from './verify/refund-steps.ts';
import { runVerification } from './verify/run-verification.ts';

const PART = 20_000;
const REST = ORDER_AMOUNT - PART;

process.exitCode = await runVerification(
  {
    command: 'verify:refunds',
    about: 'Pays an order and refunds it: a part, too much, the rest, and once more.',
    success: 'Refunds work: processed by the worker, and not a paisa too much',
    perform: async (verification) => {
      const { id } = await payAnOrder(verification);
      await refundAndWait(verification, id, { amount: PART, leaves: 'partially_refunded', refunded: PART });
      await refuseRefund(verification, id, { amount: REST + 1, says: 'Refund amount exceeds available amount' });
      await refundAndWait(verification, id, { amount: REST, leaves: 'refunded', refunded: ORDER_AMOUNT });
      await refuseRefund(verification, id, { amount: 1, says: 'Payment not in refundable state' });
    },
  },
  process.argv.slice(2),
);
