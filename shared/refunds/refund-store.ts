import type { Page } from '../contracts/lists.ts';
import type { RefundStatus } from '../contracts/refunds.ts';
import { type Queryable, statement } from '../database/database.ts';
import { refundColumns, type RefundRow } from './refund-row.ts';

const find = statement('find-refund', `select ${refundColumns} from refunds where merchant_id = $1 and id = $2`);

export async function findRefund(database: Queryable, merchantId: string, id: string): Promise<RefundRow | undefined> {
  const [row] = await database.rows<RefundRow>(find, [merchantId, id]);
  return row;
}

const matching = `merchant_id = $1 and ($2::text is null or status = $2) and ($3::text is null or payment_id = $3)`;

const list = statement(
  'list-refunds',
  `select ${refundColumns} from refunds where ${matching} order by created_at desc, id desc limit $4 offset $5`,
);
const count = statement('count-refunds', `select count(*) as total from refunds where ${matching}`);

export async function listRefunds(
  database: Queryable,
  merchantId: string,
  query: Page & { status?: RefundStatus | undefined; payment_id?: string | undefined },
) {
  const { status = null, payment_id = null, limit, offset } = query;
  const [data, [counted]] = await Promise.all([
    database.rows<RefundRow>(list, [merchantId, status, payment_id, limit, offset]),
    database.rows<{ total: number }>(count, [merchantId, status, payment_id]),
  ]);
  return { data, total: counted?.total ?? 0, limit, offset };
}
