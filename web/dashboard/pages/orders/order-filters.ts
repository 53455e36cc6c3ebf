import type { OrderStatus } from '../../../../shared/contracts/orders.ts';

export const pageSize = 25;

export const orderStatusWords: Record<OrderStatus, string> = { created: 'Created', paid: 'Paid' };

export type OrderFilters = { q: string; status: OrderStatus | null; offset: number };

/** What the page's own address asks for; what it cannot mean is left out. */
export function readOrderFilters(query: URLSearchParams): OrderFilters {
  const status = query.get('status');
  const offset = Number(query.get('offset'));
  return {
    q: query.get('q')?.trim() ?? '',
    status: status === 'created' || status === 'paid' ? status : null,
    offset: Number.isSafeInteger(offset) && offset > 0 && offset <= 1_000_000_000 ? offset : 0,
  };
}

export function orderQuery({ q, status }: OrderFilters): URLSearchParams {
  return new URLSearchParams({ ...(q !== '' && { q }), ...(status !== null && { status }) });
}
