/** What the address asks for. Whatever it says about the outcome, the API knows better. */
export type PageAddress =
  | { page: 'order'; orderId: string | null; isEmbedded: boolean }
  | { page: 'payment'; paymentId: string | null; isEmbedded: boolean };

export function readPageAddress({ pathname, search }: { pathname: string; search: string }): PageAddress {
  const query = new URLSearchParams(search);
  const isEmbedded = query.get('embedded') === 'true';
  // An id left empty is no id.
  const idOf = (name: string) => query.get(name)?.trim() || null;
  return pathname === '/success' || pathname === '/failure'
    ? { page: 'payment', paymentId: idOf('payment_id'), isEmbedded }
    : { page: 'order', orderId: idOf('order_id'), isEmbedded };
}
