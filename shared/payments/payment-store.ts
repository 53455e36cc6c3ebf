import { type Queryable, statement } from '../database/database.ts';
import { merchantList } from '../database/merchant-list.ts';
import { paymentColumns, type PaymentRow } from './payment-row.ts';

const find = statement('find-payment', `select ${paymentColumns} from payments where merchant_id = $1 and id = $2`);

export async function findPayment(
  database: Queryable,
  merchantId: string,
  id: string,
): Promise<PaymentRow | undefined> {
  const [row] = await database.rows<PaymentRow>(find, [merchantId, id]);
  return row;
}

const findPublic = statement('find-public-payment', `select ${paymentColumns} from payments where id = $1`);

export async function findPublicPayment(database: Queryable, id: string): Promise<PaymentRow | undefined> {
  const [row] = await database.rows<PaymentRow>(findPublic, [id]);
  return row;
}

export const paymentFilters = {
  status: (value: string) => `status = ${value}`,
  method: (value: string) => `method = ${value}`,
  order_id: (value: string) => `order_id = ${value}`,
  from: (value: string) => `created_at >= ${value}`,
  to: (value: string) => `created_at < ${value}`,
};

/** By its own id, its order's, a refund's, the receipt of its order, the VPA, or the end of the card's number. */
export const paymentSearches = [
  (q: string) => `id = ${q}`,
  (q: string) => `order_id = ${q}`,
  (q: string) => `id = any (array(select payment_id from refunds where merchant_id = $1 and id = ${q}))`,
  (q: string) => `order_id = any (array(select id from orders where merchant_id = $1 and receipt = ${q}))`,
  (q: string) => `vpa = ${q}`,
  (q: string) => `card_last4 = ${q}`,
];

export const listPayments = merchantList<PaymentRow, keyof typeof paymentFilters>({
  name: 'payments',
  table: 'payments',
  columns: paymentColumns,
  filters: paymentFilters,
  searches: paymentSearches,
});
