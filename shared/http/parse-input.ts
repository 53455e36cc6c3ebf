import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { notFound } from '../contracts/errors.ts';
import type { Route } from '../contracts/route.ts';
import type { HttpMiddleware } from './call.ts';
import { checkShape } from './check-shape.ts';
import { checkText, readJsonBody, shownKey } from './read-json-body.ts';

/** Turns path, query and body into what the route's contract promises the door. */
export function parseInput(route: Route): HttpMiddleware {
  return {
    before: ({ event, internal }) => {
      if (route.params !== undefined) {
        const params = route.params.safeParse(event.pathParameters ?? {});
        // An id of the wrong form is an id that does not exist.
        if (!params.success) throw notFound(route.notFound ?? 'Not found');
        internal.params = params.data;
      }
      if (route.query !== undefined) {
        const query = event.queryStringParameters ?? {};
        for (const [name, text] of Object.entries(query)) checkText(text, shownKey(name));
        internal.query = checkShape(route.query, query, 'The query');
      }
      if (route.body === undefined) return;
      internal.sentBody = isEmpty(event) && route.bodyOptional ? {} : readJsonBody(event);
      internal.body = checkShape(route.body, internal.sentBody, 'The request body');
    },
  };
}

const isEmpty = ({ body }: APIGatewayProxyEventV2) => (body ?? '') === '';
