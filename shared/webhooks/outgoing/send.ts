import { Agent } from 'undici';
import { checkWebhookUrl, type AddressPolicy } from './address-policy.ts';
import { keptHeaders } from './answer-headers.ts';
import { readAnswerText } from './answer-text.ts';
import { failureInWords } from './failure-in-words.ts';
import { createGuardedConnector, type Dial } from './guarded-connector.ts';
import { createHostResolver, type ResolveHost } from './resolve-host.ts';

/**
 * How one attempt ended. `delivered`: a 2xx. `refused_by_receiver`: another status. `failed`: no complete answer came; then
 * the response is null throughout and `error` says why in plain words. `responseBody` is at most 1,000 characters, and
 * `responseHeaders`, by their names in lower case, at most 2,000 in all.
 */
export type DeliveryAnswer = {
  outcome: 'delivered' | 'refused_by_receiver' | 'failed';
  responseCode: number | null;
  responseHeaders: Readonly<Record<string, string>> | null;
  responseBody: string | null;
  error: string | null;
  durationMs: number;
};

export type WebhookSender = {
  /** One attempt: POSTs `body` byte for byte. Never throws or rejects, and always answers within the timeout. */
  send: (delivery: { url: string; headers: Record<string, string>; body: string }) => Promise<DeliveryAnswer>;
  /** Waits for the attempts under way, then closes every connection. A later `send` fails. */
  close: () => Promise<void>;
};

type Delivery = Parameters<WebhookSender['send']>[0];
type Verdict = Omit<DeliveryAnswer, 'durationMs'>;

const REDIRECTS = new Set([300, 301, 302, 303, 307, 308]);

/**
 * Sends webhooks to addresses that `policy` allows. `timeoutMs` is for everything, from DNS to the last byte, the wait for a
 * free connection included. Connections per origin are not bounded by default: merchants may share one, and each merchant is
 * bounded already. `resolveHost` and `dial` are for tests.
 */
export function createWebhookSender({
  policy,
  timeoutMs = 5_000,
  connectionsPerOrigin = null,
  resolveHost = createHostResolver({ alsoSystemLookup: policy.allowedCidrs.length > 0 }),
  dial,
}: {
  policy: AddressPolicy;
  timeoutMs?: number;
  connectionsPerOrigin?: number | null;
  resolveHost?: ResolveHost;
  dial?: Dial;
}): WebhookSender {
  const connector = createGuardedConnector({ policy, timeoutMs, resolveHost, ...(dial && { dial }) });
  const agent = new Agent({
    connect: connector.connect,
    connections: connectionsPerOrigin,
    allowH2: false,
    // A POST that crosses the receiver's closing of an idle connection fails, and undici rightly does not send it twice. The
    // window is the closing's time on its way to us (measured on loopback: 5 of 800 sends aimed within 3 ms of it failed, none
    // of 800 outside; after a receiver's restart none of 1,200, but 300 of 900 when sent in the very turn of the event loop
    // in which it was back). So connections idle for less than the 5 s of common servers, for less still when the receiver's
    // keep-alive header hints so (undici takes a second off), and never longer.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 4_000,
    // The deadline of each attempt covers both, and unlike them a receiver that sends one byte now and then.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const underWay = new Set<Promise<DeliveryAnswer>>();

  return {
    send: (delivery) => {
      const attempt = timed(withDeadline(timeoutMs, (signal) => attemptDelivery(agent, policy, delivery, signal)));
      underWay.add(attempt);
      void attempt.finally(() => underWay.delete(attempt));
      return attempt;
    },
    close: async () => {
      await Promise.all(underWay);
      connector.destroyPending();
      await agent.destroy();
    },
  };
}

async function attemptDelivery(
  agent: Agent,
  policy: AddressPolicy,
  { url, headers, body }: Delivery,
  signal: AbortSignal,
): Promise<Verdict> {
  try {
    const verdict = checkWebhookUrl(url, policy);
    if (!verdict.ok) return failed(verdict.reason);
    const { origin, pathname, search } = verdict.url;
    const answer = await agent.request({ method: 'POST', origin, path: pathname + search, headers, body, signal });
    return answered(answer.statusCode, keptHeaders(answer.headers), await readAnswerText(answer.body));
  } catch (error) {
    return failed(failureInWords(error));
  }
}

function answered(
  responseCode: number,
  responseHeaders: Readonly<Record<string, string>>,
  responseBody: string,
): Verdict {
  if (responseCode >= 200 && responseCode <= 299) {
    return { outcome: 'delivered', responseCode, responseHeaders, responseBody, error: null };
  }
  const error = REDIRECTS.has(responseCode) ? `redirect not followed (${responseCode})` : null;
  return { outcome: 'refused_by_receiver', responseCode, responseHeaders, responseBody, error };
}

function failed(error: string): Verdict {
  return { outcome: 'failed', responseCode: null, responseHeaders: null, responseBody: null, error };
}

// The race is needed beside the signal: undici notices the signal of a request that waits for a connection only when the
// connection is there. It is then dropped unsent.
async function withDeadline(timeoutMs: number, run: (signal: AbortSignal) => Promise<Verdict>): Promise<Verdict> {
  const deadline = new AbortController();
  const { promise: expired, resolve: expire } = Promise.withResolvers<Verdict>();
  const timer = setTimeout(() => {
    expire(failed(`timed out after ${timeoutMs} ms`));
    deadline.abort();
  }, timeoutMs);
  const verdict = await Promise.race([expired, run(deadline.signal)]);
  clearTimeout(timer);
  return verdict;
}

async function timed(verdict: Promise<Verdict>): Promise<DeliveryAnswer> {
  const startMs = performance.now();
  return { ...(await verdict), durationMs: Math.round(performance.now() - startMs) };
}
