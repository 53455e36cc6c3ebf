import type { DeliveryLog } from './delivery-log.ts';
import type { Handler } from './route.ts';
import { sendJson } from './send-json.ts';

/** The page asks every second; an unchanged log is answered with 304 and no body. */
export function listLogs(log: DeliveryLog, startedAt: number): Handler {
  return ({ request, response, query }) => {
    const etag = `"${startedAt}-${log.revision()}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { ETag: etag, 'Cache-Control': 'no-store' }).end();
      return;
    }
    const data = log.newestFirst({
      event: query.get('event') ?? undefined,
      paymentId: query.get('payment_id') ?? undefined,
    });
    sendJson(response, 200, { data, total: data.length }, { ETag: etag });
  };
}

export function emptyLogs(log: DeliveryLog): Handler {
  return ({ response }) => {
    log.clear();
    sendJson(response, 200, { data: [], total: 0 });
  };
}
