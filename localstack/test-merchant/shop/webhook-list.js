/** The webhooks of one order in the order they came. What has been shown stays, even if the log is emptied. */
export function createWebhookList(list) {
  const shown = new Set();
  return {
    clear() {
      shown.clear();
      list.replaceChildren();
    },
    show(webhooks) {
      for (const webhook of webhooks) {
        const key = `${webhook.received_at} ${webhook.id}`;
        if (!shown.has(key)) list.append(rowOf(webhook));
        shown.add(key);
      }
    },
  };
}

// A body whose signature is wrong may be anybody's: it is shown as text and coloured as nothing.
function rowOf({ event, received_at, verified, reason }) {
  const row = element('li', '');
  row.dataset.testId = 'shop-webhook';
  const time = element('time', new Date(received_at).toLocaleTimeString([], { hour12: false }));
  time.dateTime = received_at;
  const verdict = element('span', verified ? 'Verified' : 'Refused');
  verdict.className = 'verdict';
  verdict.dataset.verified = String(verified);
  row.append(element('code', event ?? 'no event name'), ' ', time, ' ', verdict);
  if (!verified && reason) row.append(' ', element('small', reason));
  return row;
}

function element(name, text) {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}
