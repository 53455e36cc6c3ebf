import type { ApiError } from '../../../../api/api-error.ts';
import { parseMoney } from '../../../../ui/money/parse-money.ts';
import { post } from '../../../api/api.ts';
import type { Refund } from '../../../api/objects.ts';

/** A refund as it is being written. */
export class RefundDraft {
  isPartial = $state(false);
  amountText = $state('');
  reason = $state('');
  complaint = $state.raw<string | null>(null);
  isSending = $state(false);
  /** What was asked last, and its key: asked again after a silence it is done once. */
  #asked = { what: '', key: '' };

  clear(): void {
    this.isPartial = false;
    this.amountText = '';
    this.reason = '';
    this.complaint = null;
    this.#asked = { what: '', key: '' };
  }

  /** In minor units; null while nothing sensible is written. */
  amount(left: number, currency: string): number | null {
    return this.isPartial ? parseMoney(this.amountText, currency) : left;
  }

  /** @returns null when it was refused; `complaint` says why. */
  async send(paymentId: string, amount: number): Promise<Refund | null> {
    this.isSending = true;
    this.complaint = null;
    const body = { amount, ...(this.reason.trim() && { reason: this.reason.trim() }) };
    const what = JSON.stringify([paymentId, body]);
    if (what !== this.#asked.what) this.#asked = { what, key: crypto.randomUUID() };
    try {
      return await post<Refund>(`/payments/${paymentId}/refunds`, body, { idempotencyKey: this.#asked.key });
    } catch (error) {
      this.complaint = complaintOf(error as ApiError);
      return null;
    } finally {
      this.isSending = false;
    }
  }
}

const complaintOf = (error: ApiError): string =>
  error.code === 'NETWORK'
    ? `${error.message}. Press again: it is refunded once, however often you ask.`
    : error.message;
