import { z } from 'zod';
import { paymentId, refundId } from '../ids.ts';
import {
  createRefundBody,
  createdRefund,
  listPaymentRefundsQuery,
  listRefundsQuery,
  refund,
  refundList,
} from '../refunds.ts';
import type { Route } from '../route.ts';

const byPaymentId = { params: z.object({ id: paymentId }), notFound: 'Payment not found' } as const;
const byRefundId = { params: z.object({ id: refundId }), notFound: 'Refund not found' } as const;

export const refundRoutes = {
  createRefund: {
    method: 'POST',
    path: '/api/v1/payments/{id}/refunds',
    auth: 'merchant',
    tag: 'Refunds',
    summary: 'Refund a payment, in full or in part; the refund is pending and settles by itself',
    status: 201,
    ...byPaymentId,
    body: createRefundBody,
    idempotent: true,
    response: createdRefund,
    errors: ['BAD_REQUEST_ERROR', 'NOT_FOUND_ERROR', 'PAYLOAD_TOO_LARGE'],
  },
  listPaymentRefunds: {
    method: 'GET',
    path: '/api/v1/payments/{id}/refunds',
    auth: 'merchant',
    tag: 'Refunds',
    summary: "List a payment's refunds, newest first",
    status: 200,
    ...byPaymentId,
    query: listPaymentRefundsQuery,
    response: refundList,
    errors: ['BAD_REQUEST_ERROR', 'NOT_FOUND_ERROR'],
  },
  listRefunds: {
    method: 'GET',
    path: '/api/v1/refunds',
    auth: 'merchant',
    tag: 'Refunds',
    summary: 'List your refunds, newest first; also as /api/v1/payments/refunds',
    status: 200,
    query: listRefundsQuery,
    response: refundList,
    errors: ['BAD_REQUEST_ERROR'],
  },
  getRefund: {
    method: 'GET',
    path: '/api/v1/refunds/{id}',
    auth: 'merchant',
    tag: 'Refunds',
    summary: 'Read a refund',
    status: 200,
    ...byRefundId,
    response: refund,
    errors: ['NOT_FOUND_ERROR'],
  },
} as const satisfies Record<string, Route>;
