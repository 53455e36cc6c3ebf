import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerWebhook } from './answer-webhook.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { describeDelivery, headerText } from './describe-delivery.ts';
import { readBody } from './read-body.ts';
import type { Call, Handler } from './route.ts';
import type { SeenEvents } from './seen-events.ts';
import { sendProblem } from './send-json.ts';
import type { VerifyWebhook } from './verify-webhook.ts';
import type { ReadBehaviour } from './webhook-behaviours.ts';

export interface Receiver {
  verify: VerifyWebhook;
  log: DeliveryLog;
  seen: SeenEvents;
  now: () => number;
  /** Told of what was verified and answered with 200. */
  onAccepted?: (delivery: Delivery) => void;
}

export function receiveWebhook(
  { verify, log, seen, now, onAccepted }: Receiver,
  readBehaviour: ReadBehaviour,
): Handler {
  return async ({ request, response, path, query }: Call) => {
    const body = await readBodyOrRefuse(request, response);
    if (body === null) return;
    const behaviour = readBehaviour(query);
    if ('problem' in behaviour) {
      sendProblem(response, 400, 'BAD_REQUEST', behaviour.problem);
      return;
    }

    const { headers } = request;
    const nowMs = now();
    const verdict = verify(headers, body, nowMs);
    const key = eventKey(request);
    const { attempt, duplicate } = seen.countAttempt(key);
    const arrival = { id: log.nextId(), nowMs, path, headers, body, verdict, attempt, duplicate };
    const delivery = describeDelivery(arrival);
    log.add(delivery);

    if (behaviour.delayMs > 0 && !(await waitFor(behaviour.delayMs, response))) {
      delivery.hung_up = true;
      log.touch();
      return;
    }
    recordAnswer(delivery, answerWebhook(response, verdict, behaviour.failWith(attempt)));
    if (delivery.status !== 200) return;
    seen.markAccepted(key);
    onAccepted?.(delivery);
  };

  function recordAnswer(delivery: Delivery, status: number): void {
    delivery.status = status;
    log.touch();
  }
}

// Without a webhook-id the signature names the event: the same bytes always have the same one.
function eventKey({ headers }: IncomingMessage): string | undefined {
  return headerText(headers, 'webhook-id') ?? headerText(headers, 'x-webhook-signature') ?? undefined;
}

async function readBodyOrRefuse(request: IncomingMessage, response: ServerResponse): Promise<Buffer | null> {
  const body = await readBody(request);
  if (body === null) {
    const description = 'A webhook of more than 1 MiB is not read.';
    sendProblem(response, 413, 'PAYLOAD_TOO_LARGE', description, { Connection: 'close' });
  }
  return body;
}

/** False when the sender hung up before the time was over. */
function waitFor(delayMs: number, response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), delayMs);
    response.once('close', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
