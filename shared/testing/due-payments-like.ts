import type { AwsStage } from './aws-stage.ts';

/**
 * Makes payments, each for an order of its own, that are like a settled one was when it was due, and that nobody has rung
 * for. @returns their ids.
 */
export async function duePaymentsLike(
  sql: AwsStage['sql'],
  { id, order_id }: { id: string; order_id: string },
  count: number,
): Promise<string[]> {
  // The model's own last letters, so that another model's can stand beside.
  const letters = `'${id.slice(-6)}' || lpad(n::text, 10, '0')`;
  await sql(
    `insert into orders
     select (jsonb_populate_record(o, jsonb_build_object('id', 'order_' || ${letters}, 'status', 'created'))).*
     from orders o, generate_series(1, $2::integer) n where o.id = $1`,
    [order_id, count],
  );
  const rows = await sql<{ id: string }>(
    `insert into payments
     select (jsonb_populate_record(p, jsonb_build_object('id', 'pay_' || ${letters}, 'order_id', 'order_' || ${letters},
               'status', 'pending', 'holds_charge', false, 'due_at', gateway_now(), 'event_count', 0, 'claims', 0))).*
     from payments p, generate_series(1, $2::integer) n where p.id = $1 returning id`,
    [id, count],
  );
  return rows.map((row) => row.id);
}
