import { routes } from '../../../shared/contracts/routes.ts';
import { Answer } from '../../../shared/http/answer.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { exportPayments } from '../../../shared/payments/export-payments.ts';

export const handler = merchantApi(routes.exportPayments, async ({ gateway, merchant, query }) => {
  const { csv, nextBefore } = await exportPayments(gateway, merchant.id, query);
  return new Answer(200, csv, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="payments.csv"',
    ...(nextBefore !== undefined && { 'X-Next-Before': nextBefore }),
  });
});
