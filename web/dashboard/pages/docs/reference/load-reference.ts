import { ApiError } from '../../../../api/api-error.ts';
import type { OpenApi } from './open-api.ts';
import { type Chapter, readReference } from './read-reference.ts';

/** @throws ApiError when the document does not come, or not as one. */
export async function loadReference(): Promise<Chapter[]> {
  try {
    const response = await fetch('/openapi.json', { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`the document was answered with ${response.status}`);
    return readReference((await response.json()) as OpenApi);
  } catch (cause) {
    throw new ApiError('NETWORK', 'The API reference could not be loaded', { cause });
  }
}
