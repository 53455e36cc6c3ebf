import { notFound } from '../contracts/errors.ts';
import type { ListPayments } from '../contracts/payments.ts';
import type { Database } from '../database/database.ts';
import { findPayment, findPublicPayment, listPayments } from './payment-store.ts';
import { shownPayment, shownPublicPayment } from './payment-row.ts';

type Deps = { database: Database };

/** @throws NOT_FOUND_ERROR also for another merchant's payment. */
export async function getPayment({ database }: Deps, merchantId: string, id: string) {
  const payment = await findPayment(database, merchantId, id);
  if (payment === undefined) throw notFound('Payment not found');
  return shownPayment(payment);
}

export async function getPublicPayment({ database }: Deps, id: string) {
  const payment = await findPublicPayment(database, id);
  if (payment === undefined) throw notFound('Payment not found');
  return shownPublicPayment(payment);
}

export async function getPayments({ database }: Deps, merchantId: string, query: ListPayments) {
  const payments = await listPayments(database, merchantId, query);
  return { ...payments, data: payments.data.map(shownPayment) };
}
