import { copyButton } from './copy-button.js';

/** One delivery as a closed row; its body and headers are built when it is opened. Bodies are untrusted: text only. */
export function createRow(delivery) {
  const row = element('li', 'row');
  const details = element('details');
  const summary = element('summary');
  details.append(summary);
  row.append(details);
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(contentsOf(delivery));
  });
  fillSummary(summary, delivery);
  return row;
}

export function updateRow(row, delivery) {
  fillSummary(row.querySelector('summary'), delivery);
}

function fillSummary(summary, delivery) {
  const { event, payment_id, attempt, duplicate, reason } = delivery;
  const cells = [
    verdictOf(delivery),
    event ? element('span', 'event', event) : element('span', 'event none', 'no event name'),
    payment_id ? element('code', 'payment', payment_id) : element('span', 'payment none', 'no payment'),
    statusOf(delivery),
    labelled('attempt', 'Attempt ', String(attempt)),
    answerOf(delivery),
    timeOf(delivery),
  ];
  if (duplicate) cells[4].append(' ', element('span', 'tag', 'Duplicate'));
  if (reason) cells.push(element('span', 'reason', reason));
  // The spaces are for those who hear the row or copy it.
  summary.replaceChildren(...cells.flatMap((cell) => [cell, ' ']));
}

function verdictOf({ verified, reason }) {
  const pill = element('span', 'verdict', verified ? 'Verified' : 'Refused');
  if (!verified) pill.dataset.kind = 'refused';
  else pill.dataset.kind = reason ? 'odd' : 'verified';
  return pill;
}

// What a refused body claims is no fact, so it gets no colour.
function statusOf({ payment_status, verified }) {
  const status = element('span', 'status', payment_status ?? '');
  if (verified) status.dataset.status = payment_status ?? '';
  return status;
}

function answerOf({ status, hung_up }) {
  const answer =
    status === null
      ? element('span', 'answer', hung_up ? 'Sender hung up' : 'Not answered yet')
      : labelled('answer', 'Answered ', String(status));
  answer.dataset.ok = String(status === 200 || (status === null && !hung_up));
  return answer;
}

// Where there is room for column heads the label is only heard.
function labelled(className, label, value) {
  const cell = element('span', className);
  cell.append(element('span', 'label', label), value);
  return cell;
}

function timeOf({ received_at }) {
  const date = new Date(received_at);
  const today = date.toDateString() === new Date().toDateString();
  const text = today ? date.toLocaleTimeString([], { hour12: false }) : date.toLocaleString([], { hour12: false });
  const time = element('time', 'time', text);
  time.dateTime = received_at;
  time.title = received_at;
  return time;
}

function contentsOf({ headers, body, body_truncated, path }) {
  const headerText = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  const pretty = prettyOf(body);
  const contents = element('div', 'contents');
  contents.append(
    block(
      'Body',
      pretty ?? body,
      copyButton('Copy raw body', () => body),
      noteOn(pretty, body_truncated),
    ),
    block(
      'Headers',
      `POST ${path}\n${headerText}`,
      copyButton('Copy headers', () => headerText),
    ),
  );
  return contents;
}

function noteOn(pretty, truncated) {
  if (truncated) return 'Only the first 64 KiB are kept.';
  if (pretty === null) return 'Exactly as it came.';
  return 'Indented for reading. The signature is over the raw body, which is what the button copies.';
}

function block(title, text, button, note) {
  const section = element('section');
  const bar = element('div', 'block-bar');
  bar.append(element('h3', '', title), button);
  const pre = element('pre', '', text);
  // A scrolling box must be reachable by keyboard.
  pre.tabIndex = 0;
  pre.setAttribute('role', 'region');
  pre.setAttribute('aria-label', title);
  section.append(bar, pre);
  if (note) section.append(element('p', 'note', note));
  return section;
}

function prettyOf(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return null;
  }
}

function element(name, className = '', text = '') {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.textContent = text;
  return node;
}
