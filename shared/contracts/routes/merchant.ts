import { merchantProfile, revealedApiSecret, rotatedWebhookSecret, updateMerchantBody } from '../merchants.ts';
import type { Route } from '../route.ts';

export const merchantRoutes = {
  getMerchant: {
    method: 'GET',
    path: '/api/v1/merchants/me',
    auth: 'merchant',
    tag: 'Merchant',
    summary: 'Read your own profile',
    status: 200,
    response: merchantProfile,
    errors: [],
  },
  updateMerchant: {
    method: 'PUT',
    path: '/api/v1/merchants/me',
    auth: 'merchant',
    tag: 'Merchant',
    summary: 'Set your name and webhook URL',
    status: 200,
    body: updateMerchantBody,
    response: merchantProfile,
    errors: ['BAD_REQUEST_ERROR', 'PAYLOAD_TOO_LARGE'],
  },
  rotateWebhookSecret: {
    method: 'POST',
    path: '/api/v1/merchants/me/webhook-secret',
    auth: 'merchant',
    tag: 'Merchant',
    summary: 'Make a new webhook secret, at most ten times a day; the old one stays valid for 24 hours',
    status: 200,
    response: rotatedWebhookSecret,
    errors: ['BAD_REQUEST_ERROR'],
  },
  revealApiSecret: {
    method: 'GET',
    path: '/api/v1/merchants/me/api-secret',
    auth: 'merchant',
    tag: 'Merchant',
    summary: 'Your API secret, for whoever is signed in and has mislaid it',
    status: 200,
    response: revealedApiSecret,
    errors: [],
  },
} as const satisfies Record<string, Route>;
