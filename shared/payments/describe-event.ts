import type { EventType } from '../contracts/webhooks.ts';
import { amountInWords } from './amount-text.ts';

type Payment = {
  amount: number;
  currency: string;
  method: string;
  vpa?: string;
  card_network?: string;
  card_last4?: string;
  error_description?: string;
};
type Refund = { amount: number; reason: string | null; error_description?: string };

/** What an event says, in a line for a person. The body is the one that was stored with it. */
export function describeEvent(type: EventType, payload: string): string {
  const { data } = JSON.parse(payload) as { data: { payment?: Payment; refund?: Refund } };
  const { payment, refund } = data;
  if (payment === undefined) return 'A test of the webhook URL';
  const paid = amountInWords(payment.amount, payment.currency);
  const back = refund === undefined ? '' : amountInWords(refund.amount, payment.currency);
  const sentences: Readonly<Record<EventType, string>> = {
    'payment.created': `Payment of ${paid} by ${instrumentOf(payment)}`,
    'payment.pending': 'Sent on to the bank',
    'payment.success': `Paid: ${paid}`,
    'payment.failed': `Failed: ${payment.error_description ?? 'no reason was given'}`,
    'payment.captured': `Captured: ${paid}`,
    'refund.created': `Refund of ${back} asked for${because(refund?.reason)}`,
    'refund.processed': `Refunded: ${back}`,
    'refund.failed': `Refund of ${back} failed${because(refund?.error_description)}`,
    'webhook.test': 'A test of the webhook URL',
  };
  return sentences[type];
}

const because = (reason: string | null | undefined) => (reason ? `: ${reason}` : '');

function instrumentOf({ vpa, card_network, card_last4 }: Payment): string {
  if (vpa !== undefined) return `UPI, ${vpa}`;
  return `${card_network === 'unknown' ? '' : `${card_network ?? ''} `}card ending in ${card_last4 ?? ''}`;
}
