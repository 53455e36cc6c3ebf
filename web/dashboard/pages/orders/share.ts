/** Where the order is paid by whoever has the link. */
export const paymentLink = (checkoutOrigin: string, orderId: string): string =>
  `${checkoutOrigin}/checkout?order_id=${encodeURIComponent(orderId)}`;

/** A page that pays the order as it stands, with the merchant's own key. */
export const sdkSnippet = (
  checkoutOrigin: string,
  apiKey: string,
  orderId: string,
): string => `<script src="${checkoutOrigin}/checkout.js"></script>
<button id="pay">Pay</button>
<script>
  const checkout = new PaymentGateway({
    key: '${apiKey}',
    orderId: '${orderId}',
    onSuccess: ({ paymentId }) => console.log('paid', paymentId),
    onFailure: ({ description }) => console.log('failed', description),
    onClose: () => console.log('closed'),
  });
  document.querySelector('#pay').onclick = () => checkout.open();
</script>`;
