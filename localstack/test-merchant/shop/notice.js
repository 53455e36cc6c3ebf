/** One place that says what did not go as hoped: to the shopper in words, to a developer in detail. */
export function createNotice(place) {
  return {
    clear: () => place.replaceChildren(),
    show(kind, text, details = '') {
      const notice = document.createElement('div');
      notice.className = 'notice';
      notice.dataset.kind = kind;
      notice.append(paragraph(text));
      if (details) notice.append(detailsOf(details));
      place.replaceChildren(notice);
    },
  };
}

function paragraph(text) {
  const node = document.createElement('p');
  node.textContent = text;
  return node;
}

function detailsOf(text) {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  const pre = document.createElement('pre');
  summary.textContent = 'Details for developers';
  pre.textContent = text;
  details.append(summary, pre);
  return details;
}
