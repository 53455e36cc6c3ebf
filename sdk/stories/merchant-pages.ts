/** A merchant's page by its path: what is peculiar about it, and its policy if it has one. */
export interface MerchantPage {
  head?: string;
  body?: string;
  policy?: string;
}

export function merchantPages(checkout: string, stranger: string): Record<string, MerchantPage> {
  const sdk = `<script src="${checkout}/checkout.js"></script>`;
  const posting = `${stranger}/posting`;
  return {
    '/': { body: sdk },
    '/head': { head: sdk },
    '/twice': { body: `${sdk}<script src="/first.js"></script>${sdk}` },
    '/module': { body: '<script type="module" src="/merchant-module.js"></script>' },
    '/elsewhere': { body: '<script src="/checkout.js"></script>' },
    '/sibling': { body: `${sdk}<iframe name="stranger" src="${posting}"></iframe>` },
    '/twin': { body: `${sdk}<iframe name="twin" src="${checkout}/checkout?order_id=order_silent"></iframe>` },
    '/csp': { body: sdk, policy: `default-src 'self'; script-src 'self' ${checkout}; frame-src ${checkout}` },
    '/blocking': { body: sdk, policy: `frame-src 'none'` },
    '/trusted-types': { body: sdk, policy: `require-trusted-types-for 'script'; trusted-types 'none'` },
    '/hostile': { body: sdk, head: '<link rel="stylesheet" href="/hostile.css" />' },
    '/html-scrolls': { body: sdk, head: '<link rel="stylesheet" href="/html-scrolls.css" />' },
  };
}

export const pageText = ({ head = '', body = '' }: MerchantPage) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>Shop</title>${head}
<link rel="stylesheet" href="/merchant.css" /></head>
<body><main><h1>Shop</h1><button id="buy">Buy</button><button id="other">Other</button></main>${body}
<script src="/merchant.js"></script></body></html>`;

/** What the merchant's page loads from its own server. */
export const merchantFiles = (checkout: string): Record<string, string> => ({
  '/merchant.css': 'main { height: 3000px; padding-top: 300px } body { margin: 0 }',
  '/html-scrolls.css': 'html { overflow-y: scroll; padding-right: 8px } body { overflow-x: hidden }',
  '/hostile.css': `
    * { box-sizing: content-box !important; animation: none !important; font-size: 40px !important; letter-spacing: 1em }
    iframe, dialog, button, div { display: none !important; visibility: hidden !important; opacity: 0.1 !important }
    div, iframe { position: static !important; width: 10px !important; max-width: 20% !important; transform: scale(0.2) }
    dialog::backdrop { background: red !important } div::before { content: 'x' !important; display: block !important }
    main, main button { display: block !important; visibility: visible !important; opacity: 1 !important }`,
  '/first.js': 'var first = PaymentGateway;',
  '/merchant.js': `
    var events = [];
    var checkout;
    var options = {
      key: 'key_test_abc123',
      orderId: 'order_NXhj67fGH2jk9mPq',
      onSuccess: (payment) => events.push(['success', payment]),
      onFailure: (failure) => events.push(['failure', failure]),
      onClose: () => events.push(['close']),
    };
    addEventListener('error', ({ message }) => events.push(['error', message]));
    var buy = (more) => { checkout = new PaymentGateway({ ...options, ...more }); checkout.open(); };
    document.getElementById('buy').addEventListener('click', () => buy());`,
  '/merchant-module.js': `
    import Default, { PaymentGateway } from '/index.js';
    window.Default = Default;
    window.PaymentGateway = class extends PaymentGateway {
      constructor(given) { super({ checkoutOrigin: '${checkout}/some/page', ...given }); }
    };`,
});

/** A page of nobody we know, that says everything there is to say to whoever embeds it. */
export const postingPage = `<!doctype html><title>Stranger</title><script>
  var data = { paymentId: 'pay_1', orderId: 'order_NXhj67fGH2jk9mPq', status: 'success', code: 'X', description: 'x' };
  var shout = () => {
    for (const type of ['payment_failed', 'payment_success', 'close_modal', 'ready']) parent.postMessage({ type, data }, '*');
  };
  shout();
</script>`;
