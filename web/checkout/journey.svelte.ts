import type { PaymentMethod } from '../../shared/contracts/payments.ts';
import { ApiError } from '../api/api-error.ts';
import type { NewPayment } from '../api/gateway-api.ts';
import type { PublicOrder, PublicPayment } from '../api/public-objects.ts';
import { advance, type Attempt, isOpen, type OpenAttempt, sendAttempt, watchPayment } from './attempt/attempt.ts';
import { failureOfPayment, failureOfRefusal } from './attempt/failure.ts';
import { readPatiently } from './attempt/read-patiently.ts';
import { CurrentTry } from './attempt/current-try.ts';
import type { AttemptMemory } from './attempt/remembered-attempt.ts';
import { runAttempt, type Surroundings } from './attempt/run-attempt.ts';
import type { outcomeTeller } from './frame/outcome-teller.ts';
import type { PageAddress } from './page-address.ts';
import type { DeadEnd, View } from './view.ts';

type Parts = Surroundings & {
  address: PageAddress;
  memory: AttemptMemory;
  tell: ReturnType<typeof outcomeTeller>;
  /** Puts the payment into the address, so that a reload shows it again. */
  showInAddress: (paymentId: string) => void;
};

/** From the address to the outcome: which screen stands there, and what leads from one to the next. */
export class Journey {
  view = $state.raw<View>({ name: 'loading' });
  order = $state.raw<PublicOrder | null>(null);
  /** The last try was cut off before anybody said whether it became a payment. */
  wasInterrupted = $state(false);
  /** Somebody wants to close while a payment is processing. */
  isLeaving = $state(false);
  readonly #parts: Parts;
  readonly #try: CurrentTry;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#try = new CurrentTry(parts.memory, parts.newKey);
  }

  async begin(): Promise<void> {
    this.view = { name: 'loading' };
    const { address } = this.#parts;
    try {
      if (address.page === 'payment') await this.#beginWithPayment(address.paymentId);
      else await this.#beginWithOrder(address.orderId);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.view = { name: 'unreachable' };
    }
  }

  async #beginWithOrder(orderId: string | null): Promise<void> {
    const { api, now } = this.#parts;
    if (orderId === null) {
      this.#stop('no_order');
      return;
    }
    this.order = await readPatiently(this.#parts, () => api.readOrder(orderId));
    if (this.order === null) {
      this.#stop('unknown_order');
      return;
    }
    const remembered = this.#try.recall(orderId);
    if (remembered?.paymentId) return this.#run(watchPayment(remembered.paymentId, now()));
    this.wasInterrupted = remembered !== null;
    this.#offerToPay(this.order);
  }

  async #beginWithPayment(paymentId: string | null): Promise<void> {
    const { api, now } = this.#parts;
    if (paymentId === null) {
      this.#stop('no_payment');
      return;
    }
    const payment = await readPatiently(this.#parts, () => api.readPayment(paymentId));
    if (payment === null) {
      this.#stop('unknown_payment');
      return;
    }
    this.order = await readPatiently(this.#parts, () => api.readOrder(payment.order_id));
    const attempt = advance(watchPayment(paymentId, now()), { kind: 'payment', payment }, now(), '');
    if (isOpen(attempt)) await this.#run(attempt);
    else this.#show(attempt);
  }

  pay(body: NewPayment): void {
    // The second of two clicks finds the first one's work under way.
    if (this.view.name !== 'choosing' && this.view.name !== 'unsure') return;
    this.#try.body = body;
    this.wasInterrupted = false;
    void this.#run(sendAttempt(this.#try.key, this.#parts.now()));
  }

  /** The same try again, after nobody told us what became of it. */
  sendAgain(): void {
    if (this.#try.body !== null) this.pay(this.#try.body);
  }

  /** Back to the form. A page about a payment has none: there the order's page has it. */
  chooseAgain(): void {
    if (this.#parts.address.page === 'order') this.view = { name: 'choosing', isBack: true };
    else if (this.order) location.assign(`/checkout?order_id=${encodeURIComponent(this.order.id)}`);
  }

  checkAgain(paymentId: string): void {
    void this.#run(watchPayment(paymentId, this.#parts.now()));
  }

  wantToClose(): void {
    if (this.view.name === 'processing') this.isLeaving = true;
    else this.#parts.tell.close();
  }

  leave(): void {
    this.isLeaving = false;
    this.#parts.tell.close();
  }

  #run(attempt: OpenAttempt): Promise<void> {
    return runAttempt(attempt, this.#try.body, this.#parts, (step) => this.#show(step));
  }

  #show(attempt: Attempt): void {
    const { tell } = this.#parts;
    if (isOpen(attempt)) {
      if (this.order) this.#try.remember(this.order.id, attempt);
      tell.processing(true);
      const sinceMs = attempt.sinceMs;
      this.view = { name: 'processing', sinceMs, trouble: attempt.trouble, vpa: this.#try.vpa };
      return;
    }
    this.isLeaving = false;
    if (attempt.step === 'unsure' || attempt.step === 'unheard') {
      tell.processing(false);
      this.view = attempt.step === 'unsure' ? { name: 'unsure' } : { name: 'unheard', paymentId: attempt.paymentId };
      return;
    }
    this.#try.forget();
    if (attempt.step === 'succeeded') this.#succeed(attempt.payment);
    else if (attempt.step === 'failed') this.#fail(failureOfPayment(attempt.payment), attempt.payment.method);
    else void this.#beRefused(attempt.error);
  }

  #succeed(payment: PublicPayment): void {
    const { tell, address, showInAddress } = this.#parts;
    this.#try.body = null;
    this.view = { name: 'succeeded', payment };
    tell.succeeded({ paymentId: payment.id, orderId: payment.order_id, status: 'success' });
    if (!address.isEmbedded) showInAddress(payment.id);
  }

  #fail(failure: ReturnType<typeof failureOfPayment>, method: PaymentMethod): void {
    const { code, description, paymentId } = failure;
    this.#try.body = null;
    this.view = { name: 'failed', failure, method };
    this.#parts.tell.failed({ code, description, paymentId });
  }

  /** Perhaps because the order was paid meanwhile, which only the order knows. */
  async #beRefused(error: ApiError): Promise<void> {
    const { api, tell } = this.#parts;
    const method = this.#try.vpa === undefined ? 'card' : 'upi';
    const order = this.order && (await api.readOrder(this.order.id).catch(() => this.order));
    if (order === null) {
      this.#stop('unknown_order');
      return;
    }
    this.order = order;
    if (order.status === 'paid') {
      this.#stop('already_paid');
      return;
    }
    // A remembered payment that does not exist leaves an order to be paid.
    if (this.#try.body === null) {
      tell.processing(false);
      this.#offerToPay(order);
      return;
    }
    this.#fail(failureOfRefusal(error), method);
  }

  #offerToPay(order: PublicOrder): void {
    if (order.status === 'paid') this.#stop('already_paid');
    else this.view = { name: 'choosing', isBack: false };
  }

  #stop(reason: DeadEnd): void {
    this.view = { name: 'dead_end', reason };
    const description = reason === 'already_paid' ? 'Order is already paid' : 'Order not found';
    const code = reason === 'already_paid' ? 'ORDER_ALREADY_PAID' : 'NOT_FOUND_ERROR';
    this.#parts.tell.failed({ code, description, paymentId: null });
  }
}
