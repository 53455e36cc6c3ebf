import { Answer, jsonAnswer, respond } from './answer.ts';
import type { HttpMiddleware } from './call.ts';
import { tagged } from './entity-tag.ts';

/**
 * The innermost ring: hands the door its call, and turns what the door answers into the response.
 * @param hasTag whether a caller who asks again and again is told that nothing has changed.
 */
export function presentResult(status: number, { hasTag = false } = {}): HttpMiddleware {
  return {
    before: ({ context, internal }) => {
      // Middy hands its handler the event and the context only, so what was passed on goes with the context.
      Object.assign(context, { passed: internal });
    },
    after: (request) => {
      const result = request.response as object;
      const answer = result instanceof Answer ? result : jsonAnswer(status, result);
      const shown = hasTag ? tagged(answer, request.event.headers['if-none-match']) : answer;
      request.response = respond(shown, request.internal.headers);
    },
  };
}
