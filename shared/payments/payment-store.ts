import type { ListPayments } from '../contracts/payments.ts';
import { type Queryable, statement } from '../database/database.ts';
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

const matching = `
  merchant_id = $1
  and ($2::text is null or status = $2)
  and ($3::text is null or method = $3)
  and ($4::text is null or order_id = $4)
  and ($5::timestamptz is null or created_at >= $5)
  and ($6::timestamptz is null or created_at < $6)
  and ($7::text is null or $7 in (id, order_id, vpa, card_last4))`;

const list = statement(
  'list-payments',
  `select ${paymentColumns} from payments where ${matching} order by created_at desc, id desc limit $8 offset $9`,
);
const count = statement('count-payments', `select count(*) as total from payments where ${matching}`);

export async function listPayments(database: Queryable, merchantId: string, query: ListPayments) {
  const { status = null, method = null, order_id = null, from = null, to = null, q = null, limit, offset } = query;
  const filters = [merchantId, status, method, order_id, from, to, q];
  const [data, [counted]] = await Promise.all([
    database.rows<PaymentRow>(list, [...filters, limit, offset]),
    database.rows<{ total: number }>(count, filters),
  ]);
  return { data, total: counted?.total ?? 0, limit, offset };
}
