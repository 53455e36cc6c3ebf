import { formatMinor } from './money.js';
import { createWebhookList } from './webhook-list.js';

const POLL_MS = 1000;
// A webhook of the sandbox arrives within a second; after this long something is set up otherwise.
const PATIENCE_MS = 10_000;
const find = (id) => document.getElementById(id);

/** Follows one order: asks the shop's server what it knows of it, and shows that. */
export function createOrderPanel({ onConfirmed }) {
  const webhooks = createWebhookList(find('webhooks'));
  let watched = null;

  async function poll(order) {
    if (watched !== order) return;
    try {
      const answer = await fetch(`/shop/orders?order_id=${order.orderId}`, { cache: 'no-store' });
      if (watched !== order) return;
      if (answer.ok) take(order, await answer.json());
      showConnection(answer.ok ? 'live' : 'lost', answer.ok ? 'Live' : 'The shop has forgotten this order');
    } catch {
      showConnection('lost', 'The shop does not answer');
    }
    setTimeout(poll, POLL_MS, order);
  }

  function take(order, known) {
    webhooks.show(known.webhooks);
    if (known.webhooks.length > 0) find('activity').hidden = false;
    find('activity-empty').hidden = known.webhooks.length > 0;
    if (known.status === 'confirmed' && !order.isConfirmed) {
      Object.assign(order, { isConfirmed: true, paymentId: known.payment_id });
      onConfirmed(order);
    }
    if (!find('order').hidden) describe(order);
  }

  function describe(order) {
    const { status, heading, lead } = order.isConfirmed ? confirmed : waiting(order);
    find('order-status').dataset.status = order.isConfirmed ? 'confirmed' : 'waiting';
    setText('order-status', status);
    setText('order-heading', heading);
    setText('order-lead', lead);
    setText('order-goods', `${order.quantity} × ${order.product}`);
    setText('order-amount', formatMinor(order.amount));
    setText('order-id', order.orderId);
    setText('order-payment', order.paymentId ?? '…');
  }

  return {
    watch(order) {
      if (watched?.orderId === order.orderId) return watched;
      webhooks.clear();
      watched = order;
      void poll(order);
      return order;
    },
    show(order) {
      order.shownAt ??= Date.now();
      find('order').hidden = false;
      find('activity').hidden = false;
      describe(order);
    },
    forget() {
      watched = null;
      webhooks.clear();
      find('order').hidden = true;
      find('activity').hidden = true;
    },
  };
}

const confirmed = {
  status: 'Signed webhook verified',
  heading: 'Your order is confirmed',
  lead: 'The gateway’s signed webhook says that it is paid, so we are packing your set.',
};

const waiting = ({ shownAt }) => ({
  status: 'Waiting for the signed webhook',
  heading: 'Thank you!',
  lead:
    Date.now() - shownAt < PATIENCE_MS
      ? 'The payment window reports success. We pack your set as soon as the gateway’s signed webhook says so, too.'
      : `No verified payment.success has arrived yet, so nothing is packed. Is ${location.origin}/webhook the webhook URL of this merchant, and is the worker running?`,
});

// Only a change is written: what is written again is read out again.
function setText(id, text) {
  const place = find(id);
  if (place.textContent !== text) place.textContent = text;
}

function showConnection(state, text) {
  find('activity-state').dataset.state = state;
  setText('activity-state', text);
}
