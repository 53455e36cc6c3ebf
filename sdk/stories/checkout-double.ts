/**
 * A checkout that speaks the protocol and does nothing of itself: `say(type, data)` in its frame answers the page,
 * `heard` is what the page said. An order called `order_silent` is never answered.
 */
export const checkoutDouble = `<!doctype html>
<meta charset="utf-8" />
<title>Checkout</title>
<style>
  :root { color-scheme: light dark; font-family: system-ui; background: Canvas }
  body { padding: 8px 16px }
</style>
<h1>Checkout</h1>
<input data-test-id="vpa-input" />
<script>
  var heard = [];
  var embedder;
  var say = (type, data = {}) => parent.postMessage({ type, data }, embedder);
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent) return;
    heard.push({ type: data.type, origin });
    embedder ??= origin;
    if (data.type === 'hello' && !location.search.includes('order_silent')) say('ready');
  });
</script>`;
