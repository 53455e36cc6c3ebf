import { CheckFailed } from './check-failed.ts';
import type { Verification } from './run-verification.ts';
import { waitFor } from './wait-for.ts';

/** Refunds `amount` and waits until it is processed and the payment says so. */
export async function refundAndWait(
  { client, steps: { step }, timeoutMs }: Verification,
  paymentId: string,
  { amount, leaves, refunded }: { amount: number; leaves: string; refunded: number },
): Promise<void> {
  const refundId = await step(`refund of ${amount}`, async () => {
    const body = { amount, reason: 'verify' };
    const { id } = await client.expect(201, 'POST', `/api/v1/payments/${paymentId}/refunds`, body);
    return { line: `${String(id)}: refund of ${amount} created, pending`, result: String(id) };
  });

  await step(`${refundId}: processed`, async (progress) => {
    const refund = await waitFor(client, {
      expected: 'status processed',
      ask: () => client.expect(200, 'GET', `/api/v1/refunds/${refundId}`),
      isDone: ({ status }) => status !== 'pending',
      show: ({ status }) => `status ${String(status)}`,
      timeoutMs,
      progress,
    });
    const { status, processed_at: processedAt } = refund;
    if (status === 'processed' && typeof processedAt === 'string')
      return { line: `${refundId}: processed`, result: undefined };
    throw new CheckFailed({
      expected: 'status processed, with processed_at',
      came: JSON.stringify(refund),
      look: `GET /api/v1/refunds/${refundId}`,
    });
  });

  await step(`${paymentId}: ${leaves}`, async () => {
    const { status, amount_refunded: sum } = await client.expect(200, 'GET', `/api/v1/payments/${paymentId}`);
    if (status === leaves && sum === refunded)
      return { line: `${paymentId}: ${leaves}, ${refunded} given back`, result: undefined };
    throw new CheckFailed({
      expected: `status ${leaves} with amount_refunded ${refunded}`,
      came: `status ${String(status)} with amount_refunded ${String(sum)}`,
      look: 'npm run doctor says whether the sums are right.',
    });
  });
}

/** Tries a refund that must be refused, in these words. */
export async function refuseRefund(
  { client, steps: { step } }: Verification,
  paymentId: string,
  { amount, says }: { amount: number; says: string },
): Promise<void> {
  await step(`refund of ${amount} refused`, async () => {
    const { status, json, shown } = await client.ask('POST', `/api/v1/payments/${paymentId}/refunds`, { amount });
    const { description } = (json['error'] ?? {}) as { description?: string };
    if (status === 400 && description === says)
      return { line: `refund of ${amount} refused: ${says}`, result: undefined };
    throw new CheckFailed({
      expected: `400 "${says}"`,
      came: shown,
      look: 'This is about money: npm run doctor says whether more was given back than there was.',
    });
  });
}
