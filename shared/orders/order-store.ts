import type { OrderStatus } from '../contracts/orders.ts';
import { type Queryable, statement } from '../database/database.ts';
import { merchantList } from '../database/merchant-list.ts';

export type OrderRow = {
  id: string;
  merchant_id: string;
  amount: number;
  currency: string;
  receipt: string | null;
  notes: Record<string, unknown>;
  status: OrderStatus;
  created_at: Date;
  updated_at: Date;
};

const columns = 'id, merchant_id, amount, currency, receipt, notes, status, created_at, updated_at';

const insert = statement(
  'insert-order',
  `insert into orders (id, merchant_id, amount, currency, receipt, notes)
   values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
);

export type NewOrder = Pick<OrderRow, 'id' | 'merchant_id' | 'amount' | 'currency' | 'receipt' | 'notes'>;

export async function insertOrder(database: Queryable, order: NewOrder): Promise<OrderRow> {
  const { id, merchant_id, amount, currency, receipt, notes } = order;
  const [row] = await database.rows<OrderRow>(insert, [
    id,
    merchant_id,
    amount,
    currency,
    receipt,
    JSON.stringify(notes),
  ]);
  if (row === undefined) throw new Error('inserting an order answered no row');
  return row;
}

const find = statement('find-order', `select ${columns} from orders where merchant_id = $1 and id = $2`);

export async function findOrder(database: Queryable, merchantId: string, id: string): Promise<OrderRow | undefined> {
  const [row] = await database.rows<OrderRow>(find, [merchantId, id]);
  return row;
}

const findPublic = statement(
  'find-public-order',
  `select o.id, o.amount, o.currency, o.status, o.created_at, m.name as merchant_name
   from orders o join merchants m on m.id = o.merchant_id where o.id = $1 and m.is_active`,
);

export type PublicOrderRow = Pick<OrderRow, 'id' | 'amount' | 'currency' | 'status' | 'created_at'> & {
  merchant_name: string;
};

export async function findPublicOrder(database: Queryable, id: string): Promise<PublicOrderRow | undefined> {
  const [row] = await database.rows<PublicOrderRow>(findPublic, [id]);
  return row;
}

export const listOrders = merchantList<OrderRow, 'status'>({
  name: 'orders',
  table: 'orders',
  columns,
  filters: { status: (value) => `status = ${value}` },
  searches: [(q) => `id = ${q}`, (q) => `receipt = ${q}`],
});
