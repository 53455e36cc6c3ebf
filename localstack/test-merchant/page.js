import { copyOnClick } from './copy-button.js';
import { createRow, updateRow } from './delivery-row.js';

const POLL_MS = 1000;
const find = (id) => document.getElementById(id);
const [rows, waiting, search, news] = ['rows', 'waiting', 'search', 'news'].map(find);

let latest = [];
let etag = '';
let shown = new Map();
let underMouse = false;

// A server started anew counts from 1 again.
function keyOf({ id, received_at }) {
  return `${received_at} ${id}`;
}

function matching() {
  const wanted = search.value.trim().toLowerCase();
  return latest.filter(({ event, payment_id, webhook_id }) =>
    [event, payment_id, webhook_id].some((text) => (text ?? '').toLowerCase().includes(wanted)),
  );
}

// New rows push the others down. Nobody's row may slip away from under a mouse, a keyboard focus or a reading eye.
function isBeingRead() {
  return underMouse || rows.querySelector(':focus-visible, details[open]') !== null;
}

function show({ force = false } = {}) {
  const wanted = matching();
  for (const delivery of wanted) refresh(delivery);
  const unseen = wanted.filter((delivery) => !shown.has(keyOf(delivery))).length;
  const hold = !force && latest.length > 0 && isBeingRead();
  if (!hold) arrange(wanted);
  waiting.hidden = !hold || unseen === 0;
  waiting.textContent = `Show ${unseen} new`;
  find('empty').hidden = latest.length > 0;
  find('list').hidden = latest.length === 0;
  find('no-match').hidden = wanted.length > 0;
  find('counts').textContent = countsOf(latest);
}

function refresh(delivery) {
  const entry = shown.get(keyOf(delivery));
  if (!entry || (entry.status === delivery.status && entry.hungUp === delivery.hung_up)) return;
  Object.assign(entry, { status: delivery.status, hungUp: delivery.hung_up });
  updateRow(entry.row, delivery);
}

function arrange(wanted) {
  const next = new Map();
  for (const delivery of wanted) {
    const { status, hung_up: hungUp } = delivery;
    next.set(keyOf(delivery), shown.get(keyOf(delivery)) ?? { row: createRow(delivery), status, hungUp });
  }
  for (const [key, { row }] of shown) if (!next.has(key)) row.remove();
  let before = rows.firstElementChild;
  for (const { row } of next.values()) {
    if (row === before) before = before.nextElementSibling;
    else rows.insertBefore(row, before);
  }
  shown = next;
}

function countsOf(deliveries) {
  const refused = deliveries.filter(({ verified }) => !verified).length;
  const duplicates = deliveries.filter(({ duplicate }) => duplicate).length;
  const parts = [`${deliveries.length - refused} verified`];
  if (refused > 0) parts.push(`${refused} refused`);
  if (duplicates > 0) parts.push(`${duplicates} duplicate${duplicates === 1 ? '' : 's'}`);
  return parts.join(' · ');
}

function announce(previous) {
  const known = new Set(previous.map(keyOf));
  const fresh = latest.filter((delivery) => !known.has(keyOf(delivery)));
  if (fresh.length === 0) return;
  const { event, verified } = fresh[0];
  news.textContent =
    fresh.length === 1
      ? `Received ${event ?? 'a webhook'}, ${verified ? 'verified' : 'refused'}`
      : `Received ${fresh.length} webhooks`;
}

function showConnection(state, text) {
  const connection = find('connection');
  if (connection.dataset.state === state) return;
  connection.dataset.state = state;
  connection.textContent = text;
}

async function poll() {
  try {
    const answer = await fetch('/logs', { headers: { 'If-None-Match': etag }, cache: 'no-store' });
    if (answer.status === 200) {
      const previous = latest;
      latest = (await answer.json()).data;
      if (etag !== '') announce(previous);
      etag = answer.headers.get('etag') ?? '';
    }
    showConnection('live', 'Live');
  } catch {
    showConnection('lost', 'Not running. Start it again, this page will notice.');
  }
  show();
  setTimeout(poll, POLL_MS);
}

const webhookUrl = `${location.origin}/webhook`;
for (const place of [find('webhook-url'), ...document.querySelectorAll('[data-webhook-url]')]) {
  place.textContent = webhookUrl;
}
for (const button of document.querySelectorAll('[data-copy]')) {
  copyOnClick(button, () => find(button.dataset.copy).textContent);
}
waiting.addEventListener('click', () => {
  show({ force: true });
  rows.querySelector('summary')?.focus({ preventScroll: true });
  scrollTo({ top: 0 });
});
search.addEventListener('input', () => show({ force: true }));
// A finger leaves :hover behind where it last was, so the mouse alone is asked.
rows.addEventListener('pointerover', ({ pointerType }) => (underMouse = pointerType !== 'touch'));
rows.addEventListener('pointerleave', () => {
  underMouse = false;
  show();
});
find('clear').addEventListener('click', async () => {
  await fetch('/logs', { method: 'DELETE' });
  latest = [];
  show({ force: true });
});
void poll();
