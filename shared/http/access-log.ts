import type { HttpMiddleware, HttpRequest } from './call.ts';

/** One line a request: route and status, never a path, a query, a body or a header, where a card number might stand. */
export function accessLog(route: string): HttpMiddleware {
  const write = ({ response, internal: { log, startedMs, merchant } }: HttpRequest) => {
    const { statusCode } = response as { statusCode: number };
    const durationMs = Math.round((performance.now() - startedMs) * 10) / 10;
    log.info({ route, status: statusCode, duration_ms: durationMs, merchant_id: merchant?.id }, 'request');
  };
  return { after: write, onError: write };
}
