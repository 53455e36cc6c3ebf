import type { PaymentMethod } from '../../shared/contracts/payments.ts';
import type { PublicPayment } from '../api/public-objects.ts';
import type { Trouble } from './attempt/attempt.ts';
import type { Failure } from './attempt/failure.ts';

/** Where there is nothing to pay and nothing to show. */
export type DeadEnd = 'no_order' | 'unknown_order' | 'no_payment' | 'unknown_payment' | 'already_paid';

/** The screens, each with what it shows besides the order. */
export type View =
  | { name: 'loading' }
  | { name: 'unreachable' }
  | { name: 'dead_end'; reason: DeadEnd }
  /** `isBack` after a try that came to nothing. */
  | { name: 'choosing'; isBack: boolean }
  | {
      name: 'processing';
      sinceMs: number;
      trouble: Trouble | null;
      /** Where the request went, if it is one to approve. */
      vpa: string | undefined;
    }
  | { name: 'succeeded'; payment: PublicPayment }
  | { name: 'failed'; failure: Failure; method: PaymentMethod }
  /** Nobody knows whether a payment was made. */
  | { name: 'unsure' }
  /** A payment was made, and its bank keeps silent. */
  | { name: 'unheard'; paymentId: string };
