export { PaymentGateway, PaymentGateway as default } from './payment-gateway.ts';
export type { PaymentFailure, PaymentGatewayOptions, PaymentSuccess } from './options.ts';
