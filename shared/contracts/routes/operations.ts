import { seededMerchant } from '../merchants.ts';
import { health, jobsStatus } from '../operations.ts';
import type { Route } from '../route.ts';

export const operationRoutes = {
  health: {
    method: 'GET',
    path: '/health',
    auth: 'none',
    tag: 'Operations',
    summary: 'Whether the gateway and its database are up; 503 when the database is not',
    status: 200,
    response: health,
    errors: [],
  },
  getTestMerchant: {
    method: 'GET',
    path: '/api/v1/test/merchant',
    auth: 'none',
    tag: 'Test',
    summary: 'The seeded merchant of a sandbox',
    status: 200,
    response: seededMerchant,
    errors: ['NOT_FOUND_ERROR'],
  },
  getJobsStatus: {
    method: 'GET',
    path: '/api/v1/test/jobs/status',
    auth: 'none',
    tag: 'Test',
    summary: 'How much work waits, and whether a worker is there',
    status: 200,
    response: jobsStatus,
    errors: [],
  },
} as const satisfies Record<string, Route>;
