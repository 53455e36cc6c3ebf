import type { Stage } from './stage.ts';

export interface Paid {
  id: string;
  status: string;
  method: string;
}

/** The order's payments as the database has them, oldest first. */
export const paymentsOf = ({ sql }: Stage, orderId: string): Promise<Paid[]> =>
  sql<Paid>('select id, status, method from payments where order_id = $1 order by created_at', [orderId]);

/** How often the acquirer took money for the order. */
export async function chargesOf({ sql }: Stage, orderId: string): Promise<number> {
  const [row] = await sql<{ n: number }>(
    `select count(*) as n from simulated_charges c join payments p on p.id = c.payment_id
      where p.order_id = $1 and c.outcome = 'APPROVED'`,
    [orderId],
  );
  return row?.n ?? 0;
}
