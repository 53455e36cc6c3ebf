import type { ServerResponse } from 'node:http';
import { sendJson, sendProblem } from './send-json.ts';
import type { Verdict } from './verify-webhook.ts';

const RECEIVED = '{"received":true}';
const RECEIVED_HEADERS = { 'Content-Type': 'application/json', 'Content-Length': RECEIVED.length };

/** Answers as told, or else as the verdict demands; returns the status sent. */
export function answerWebhook(response: ServerResponse, verdict: Verdict, failWith: number | null): number {
  if (failWith !== null) {
    sendProblem(response, failWith, 'FAILED_ON_PURPOSE', `This route was asked to answer ${failWith}.`);
    return failWith;
  }
  if (!verdict.verified) {
    const { check, reason } = verdict;
    sendJson(response, 401, { error: { code: 'SIGNATURE_REFUSED', check, description: reason } });
    return 401;
  }
  response.writeHead(200, RECEIVED_HEADERS).end(RECEIVED);
  return 200;
}
