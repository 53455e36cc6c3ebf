import { dashboardRoutes } from './routes/dashboard.ts';
import { merchantRoutes } from './routes/merchant.ts';
import { operationRoutes } from './routes/operations.ts';
import { orderRoutes } from './routes/orders.ts';
import { paymentRoutes } from './routes/payments.ts';
import { refundRoutes } from './routes/refunds.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** Every route of the API, by name. `serverless.yml`, the doors and the reference are tested against this table. */
export const routes = {
  ...operationRoutes,
  ...orderRoutes,
  ...paymentRoutes,
  ...refundRoutes,
  ...webhookRoutes,
  ...dashboardRoutes,
  ...merchantRoutes,
};
