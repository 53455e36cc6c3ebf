/** What went wrong, in the words for the shopper (`message`) and for a developer (`details`). */
export class Trouble extends Error {
  constructor(description, details) {
    super(description);
    this.details = details;
  }
}

/** Equal for every try at one purchase, so that two clicks are one order. */
export function newPurchaseKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Asks the shop's own server, which asks the gateway. No price is sent: the server knows it. */
export async function createOrder(quantity, purchaseKey) {
  const answer = await fetch('/shop/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ quantity, purchase_key: purchaseKey }),
  }).catch((error) => {
    throw new Trouble(
      'The shop does not answer. Please try again in a moment.',
      `POST /shop/orders: ${error.message}. Is the test merchant still running?`,
    );
  });
  const { order_id: orderId, amount, error } = await answer.json();
  if (error) throw new Trouble(error.description, error.details ?? error.code);
  return { orderId, amount, quantity };
}
