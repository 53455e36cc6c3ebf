import { z } from 'zod';
import { orderId } from '../ids.ts';
import { createOrderBody, createdOrder, listOrdersQuery, order, orderList, publicOrder } from '../orders.ts';
import type { Route } from '../route.ts';

const byOrderId = { params: z.object({ id: orderId }), notFound: 'Order not found' } as const;

export const orderRoutes = {
  createOrder: {
    method: 'POST',
    path: '/api/v1/orders',
    auth: 'merchant',
    tag: 'Orders',
    summary: 'Create an order',
    status: 201,
    body: createOrderBody,
    idempotent: true,
    response: createdOrder,
    errors: ['BAD_REQUEST_ERROR', 'PAYLOAD_TOO_LARGE'],
  },
  listOrders: {
    method: 'GET',
    path: '/api/v1/orders',
    auth: 'merchant',
    tag: 'Orders',
    summary: 'List your orders, newest first',
    status: 200,
    query: listOrdersQuery,
    response: orderList,
    errors: ['BAD_REQUEST_ERROR'],
  },
  getOrder: {
    method: 'GET',
    path: '/api/v1/orders/{id}',
    auth: 'merchant',
    tag: 'Orders',
    summary: 'Read an order',
    status: 200,
    ...byOrderId,
    response: order,
    errors: ['NOT_FOUND_ERROR'],
  },
  getPublicOrder: {
    method: 'GET',
    path: '/api/v1/orders/{id}/public',
    auth: 'none',
    tag: 'Orders',
    summary: 'What a shopper may know of an order',
    status: 200,
    ...byOrderId,
    response: publicOrder,
    errors: ['NOT_FOUND_ERROR'],
  },
} as const satisfies Record<string, Route>;
