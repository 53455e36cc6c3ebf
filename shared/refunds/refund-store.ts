import { type Queryable, statement } from '../database/database.ts';
import { merchantList } from '../database/merchant-list.ts';
import { refundColumns, type RefundRow } from './refund-row.ts';

const find = statement('find-refund', `select ${refundColumns} from refunds where merchant_id = $1 and id = $2`);

export async function findRefund(database: Queryable, merchantId: string, id: string): Promise<RefundRow | undefined> {
  const [row] = await database.rows<RefundRow>(find, [merchantId, id]);
  return row;
}

export const listRefunds = merchantList<RefundRow, 'status' | 'payment_id'>({
  name: 'refunds',
  table: 'refunds',
  columns: refundColumns,
  filters: { status: (value) => `status = ${value}`, payment_id: (value) => `payment_id = ${value}` },
});
