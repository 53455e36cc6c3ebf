import type { z } from 'zod';
import type { errorBody } from '../../shared/contracts/error-body.ts';
import { ApiError } from './api-error.ts';

/** What an answer that is no success says, if it is the gateway's: a proxy's page says nothing about what was done. */
export async function errorOfResponse(response: Response): Promise<ApiError> {
  const { status, headers } = response;
  const body: unknown = await response.json().catch(() => null);
  const error = (body as Partial<z.infer<typeof errorBody>> | null)?.error;
  if (error === undefined) return new ApiError('NETWORK', `The gateway answered ${status}`, { status });
  const retryAfter = Number(headers.get('Retry-After') ?? NaN);
  return new ApiError(error.code, error.description, {
    status,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(Number.isFinite(retryAfter) ? { retryAfterMs: retryAfter * 1000 } : {}),
    requestId: error.request_id,
  });
}
