/** Where `npm start` serves the checkout, up to the order. */
const LOCAL = 'http://localhost:3001/checkout?order_id=';
const LOCAL_ORIGIN = 'http://localhost:3001';

/** The checkout of whoever names no other. The script `checkout.js` puts in where it came from itself. */
export const home = { origin: LOCAL_ORIGIN };

/** The page where the order is paid. */
export const checkoutAddress = (origin: string, orderId: string): string =>
  LOCAL.replace(LOCAL_ORIGIN, () => origin) + encodeURIComponent(orderId);
