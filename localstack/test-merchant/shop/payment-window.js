import { Trouble } from './buy.js';

/** Opens the gateway's window over the page. The page's own script tag has loaded the SDK unless its host was away. */
export async function openPaymentWindow({ sdkUrl, ...options }) {
  if (!('PaymentGateway' in window)) await loadScript(sdkUrl);
  new window.PaymentGateway(options).open();
}

function loadScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = resolve;
    script.onerror = () => {
      script.remove();
      reject(
        new Trouble(
          'The payment window could not be loaded. Nothing has been charged. Please try again.',
          `${src} did not load. Is the checkout running there?`,
        ),
      );
    };
    document.head.append(script);
  });
}
