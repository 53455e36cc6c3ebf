import { copyOnClick } from '/copy-button.js';
import { createOrder, newPurchaseKey, Trouble } from './buy.js';
import { formatMinor } from './money.js';
import { createNotice } from './notice.js';
import { createOrderPanel } from './order-panel.js';
import { openPaymentWindow } from './payment-window.js';

const find = (id) => document.getElementById(id);
const { key, unitPrice, sdk: sdkUrl } = find('shop').dataset;
const form = find('buy-form');
const product = form.querySelector('h1').textContent;
const notice = createNotice(find('notice'));
const panel = createOrderPanel({ onConfirmed: (order) => !isWindowOpen && showOrder(order) });

let purchaseKey = newPurchaseKey();
let isWindowOpen = false;
let isBusy = false;

// Whoever leaves while a payment is under way may still have paid; a second try is the same order and cannot be paid twice.
const LEFT =
  'You left before the payment was done. Your set is still here – and should a payment still go through, this page will say so.';

const quantity = () => Number(new FormData(form).get('quantity'));

function showTotal() {
  for (const place of document.querySelectorAll('[data-total]'))
    place.textContent = formatMinor(quantity() * Number(unitPrice));
}

function showOrder(order) {
  form.hidden = true;
  find('again').hidden = false;
  notice.clear();
  panel.show(order);
  // A reload of the page comes back to this order.
  history.replaceState(null, '', `#${order.orderId}`);
  find('order-heading').focus();
}

async function buy() {
  const order = panel.watch({ ...(await createOrder(quantity(), purchaseKey)), product });
  let isPaid = false;
  let failure = null;
  await openPaymentWindow({
    sdkUrl,
    key,
    orderId: order.orderId,
    onSuccess: ({ paymentId }) => {
      isPaid = true;
      order.paymentId ??= paymentId;
    },
    onFailure: ({ code, description, paymentId }) => {
      failure = { description, details: `${code}${paymentId ? ` (${paymentId})` : ''}` };
      notice.show('bad', description, failure.details);
    },
    onClose: () => {
      isWindowOpen = false;
      // The window gives the focus back to the button first; the thanks come after.
      if (isPaid || order.isConfirmed) setTimeout(showOrder, 0, order);
      else if (failure) notice.show('bad', `The payment did not go through. ${failure.description}`, failure.details);
      else notice.show('odd', LEFT);
    },
  });
  isWindowOpen = true;
}

form.addEventListener('change', () => {
  // Another quantity is another purchase.
  purchaseKey = newPurchaseKey();
  notice.clear();
  showTotal();
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  notice.clear();
  find('buy').setAttribute('aria-busy', 'true');
  try {
    await buy();
  } catch (error) {
    if (error instanceof Trouble) notice.show('bad', error.message, error.details);
    else notice.show('bad', 'Something went wrong in this shop. Nothing has been charged.', String(error));
  }
  find('buy').removeAttribute('aria-busy');
  isBusy = false;
});

find('again').addEventListener('click', () => {
  purchaseKey = newPurchaseKey();
  panel.forget();
  notice.clear();
  history.replaceState(null, '', location.pathname);
  form.hidden = false;
  find('again').hidden = true;
  find('buy').focus();
});

for (const button of document.querySelectorAll('[data-copy]')) {
  copyOnClick(button, () => find(button.dataset.copy).textContent);
}

async function resume(orderId) {
  const answer = await fetch(`/shop/orders?order_id=${orderId}`);
  if (!answer.ok) return;
  const { amount, quantity, payment_id: paymentId } = await answer.json();
  showOrder(panel.watch({ orderId, amount, quantity, paymentId, product }));
}

showTotal();
if (/^#order_[A-Za-z0-9]{16}$/.test(location.hash)) void resume(location.hash.slice(1));
