import type { Route } from '../contracts/route.ts';
import { badRequest } from '../contracts/errors.ts';
import { beginOnce, inUse } from '../idempotency/begin-once.ts';
import { ClaimLost, type KeyClaim } from '../idempotency/idempotency-store.ts';
import { Answer, jsonAnswer } from './answer.ts';
import type { HttpMiddleware, HttpRequest, Passed } from './call.ts';

/**
 * A repeated request gets the first one's answer, whatever became of its work since; see the contract, section 5. The
 * last middleware before the door: what is refused before it - also because the merchant was deactivated - leaves the key
 * as it is.
 * @param merchantOf whose key it is; undefined when the request names nobody, which the door answers with 404.
 */
export function idempotency(
  route: Route,
  merchantOf: (passed: Passed) => Promise<string | undefined> | string | undefined,
): HttpMiddleware {
  const begin = async ({ event, internal }: HttpRequest) => {
    const key = readKey(event.headers['idempotency-key']);
    const merchantId = key === undefined ? undefined : await merchantOf(internal);
    if (key === undefined || merchantId === undefined) return;
    const scope = { merchantId, route: `${route.method} ${route.path}`, key };
    const begun = await beginOnce(internal.gateway, scope, { params: internal.params, body: internal.sentBody });
    if (begun.begun === 'repeated') {
      const { status, body, headers } = begun.answer;
      internal.replay = new Answer(status, body, { ...headers, 'Idempotent-Replayed': 'true' });
    } else hold(internal, begun.claim, route.status);
  };

  return {
    before: begin,
    after: async ({ internal }) => {
      const { gateway, claim, kept, log } = internal;
      if (claim === undefined || kept === undefined) return;
      // What was done is answered as done, whether or not its answer could be put away.
      await gateway.idempotency.confirm(claim, kept).catch((error: unknown) => {
        log.warn({ err: error }, 'an answer was not kept; the next call with its key finds it by what was done');
      });
    },
    onError: async (request) => {
      const { claim, log } = request.internal;
      if (claim === undefined) return;
      // Of an unknown commit nothing is lost: a key whose answer is kept stays as it is.
      await release(request.internal, claim).catch((error: unknown) => {
        log.warn({ err: error }, 'an idempotency key was not freed; it will be when its claim ends');
      });
    },
  };
}

function hold(internal: Passed, claim: KeyClaim, status: number): void {
  internal.claim = claim;
  internal.keep = async (within, result) => {
    const { body, headers } = jsonAnswer(status, result);
    const answer = { status, headers, body };
    try {
      await internal.gateway.idempotency.complete(claim, answer, within);
      internal.kept = answer;
    } catch (error) {
      throw error instanceof ClaimLost ? inUse() : error;
    }
  };
}

const release = ({ gateway }: Passed, claim: KeyClaim) => gateway.idempotency.release(claim);

/** ASCII without control characters; beyond that, what a header holds depends on who decodes it. */
const keyPattern = /^[\x20-\x7e]{1,255}$/;

function readKey(header: string | undefined): string | undefined {
  const key = header?.trim() ?? '';
  if (key === '') return undefined;
  if (keyPattern.test(key)) return key;
  throw badRequest('Idempotency-Key must be 1 to 255 printable ASCII characters', 'Idempotency-Key');
}
