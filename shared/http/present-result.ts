import { Answer, jsonAnswer, respond } from './answer.ts';
import type { HttpMiddleware } from './call.ts';

/** The innermost ring: hands the door its call, and turns what the door answers into the response. */
export function presentResult(status: number): HttpMiddleware {
  return {
    before: ({ context, internal }) => {
      // Middy hands its handler the event and the context only, so what was passed on goes with the context.
      Object.assign(context, { passed: internal });
    },
    after: (request) => {
      const result = request.response as object;
      const answer = result instanceof Answer ? result : jsonAnswer(status, result);
      request.response = respond(answer, request.internal.headers);
    },
  };
}
