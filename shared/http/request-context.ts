import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { theGateway } from '../gateway/gateway.ts';
import type { HttpMiddleware } from './call.ts';
import { commonHeaders } from './common-headers.ts';

/**
 * Gives the request its id, its logger, its response headers and the gateway. First in, so that even the error
 * boundary has them.
 * @param isPublic whether pages of any origin may make this request.
 */
export function requestContext({ isPublic }: { isPublic: (event: APIGatewayProxyEventV2) => boolean }): HttpMiddleware {
  return {
    before: ({ event, context, internal }) => {
      // The event's own requestId is a constant on the development host; the context's is new each time on both.
      const requestId = context.awsRequestId || randomUUID();
      const gateway = theGateway();
      Object.assign(internal, {
        event,
        requestId,
        startedMs: performance.now(),
        gateway,
        log: gateway.log.child({ request_id: requestId }),
        headers: commonHeaders(requestId, {
          isPublic: isPublic(event),
          origin: event.headers.origin,
          settings: gateway.settings,
        }),
      });
    },
  };
}
