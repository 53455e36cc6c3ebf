type Shop = { checkoutOrigin: string; key: string; orderId: string };

const options = ({ key, orderId }: Shop) => `  key: '${key}',
    // From your server, as in step 1.
    orderId: '${orderId}',
    onSuccess: ({ paymentId }) => console.log('Paid', paymentId),
    onFailure: ({ description }) => console.log(description),
    onClose: () => console.log('Closed'),`;

/** How the checkout is opened over a merchant's page. */
export const sdkSnippets: Readonly<Record<string, (shop: Shop) => string>> = {
  'Script tag': (shop) => `<button id="pay">Pay</button>

<script src="${shop.checkoutOrigin}/checkout.js"></script>
<script>
  const checkout = new PaymentGateway({
  ${options(shop)}
  });
  document.querySelector('#pay').onclick = () => checkout.open();
</script>
`,

  Module: (shop) => `import { PaymentGateway } from '@payment-gateway/checkout';

const checkout = new PaymentGateway({
${options(shop).replace(/^ {4}/gm, '  ')}
  checkoutOrigin: '${shop.checkoutOrigin}',
});
document.querySelector('#pay').onclick = () => checkout.open();
`,
};
