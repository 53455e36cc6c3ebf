import { notFound } from '../contracts/errors.ts';
import type { Page } from '../contracts/lists.ts';
import type { ListRefunds, RefundStatus } from '../contracts/refunds.ts';
import type { Database } from '../database/database.ts';
import { findPayment } from '../payments/payment-store.ts';
import { shownRefund } from './refund-row.ts';
import { findRefund, listRefunds } from './refund-store.ts';

type Deps = { database: Database };

/** @throws NOT_FOUND_ERROR also for another merchant's refund. */
export async function getRefund({ database }: Deps, merchantId: string, id: string) {
  const refund = await findRefund(database, merchantId, id);
  if (refund === undefined) throw notFound('Refund not found');
  return shownRefund(refund);
}

export async function getRefunds({ database }: Deps, merchantId: string, query: ListRefunds) {
  const refunds = await listRefunds(database, merchantId, query);
  return { ...refunds, data: refunds.data.map(shownRefund) };
}

/** @throws NOT_FOUND_ERROR: no refunds of a payment is another answer than no payment. */
export async function getPaymentRefunds(
  deps: Deps,
  { merchantId, paymentId }: { merchantId: string; paymentId: string },
  query: Page & { status?: RefundStatus | undefined },
) {
  if ((await findPayment(deps.database, merchantId, paymentId)) === undefined) throw notFound('Payment not found');
  return getRefunds(deps, merchantId, { ...query, payment_id: paymentId });
}
