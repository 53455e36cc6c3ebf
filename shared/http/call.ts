import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Gateway } from '../gateway/gateway.ts';
import type { KeptAnswer, KeyClaim } from '../idempotency/idempotency-store.ts';
import type { KeepAnswer } from '../idempotency/keep-answer.ts';
import type { MerchantRow } from '../merchants/merchant-store.ts';
import type { ResumedSession } from '../merchants/sessions/resume-session.ts';
import type { Log } from '../runtime/log.ts';
import type { Answer } from './answer.ts';

/** What the middleware of one chain hand on to each other, and at last to the door. */
export type Passed = {
  event: APIGatewayProxyEventV2;
  requestId: string;
  startedMs: number;
  log: Log;
  gateway: Gateway;
  /** What every response to this request carries. */
  headers: Readonly<Record<string, string>>;
  merchant?: MerchantRow;
  /** There when the merchant is signed in to the dashboard, and did not come with a key. */
  session?: ResumedSession;
  /** Of a browser that signs in: the token it came with, whatever that is worth. */
  givenToken?: string | undefined;
  params?: unknown;
  query?: unknown;
  body?: unknown;
  /** The body before it was parsed into the route's shape. */
  sentBody?: unknown;
  /** With an Idempotency-Key: this request's right to do the work, and how the answer is kept. */
  claim?: KeyClaim;
  keep?: KeepAnswer;
  /** The answer that committed with the work. */
  kept?: KeptAnswer;
  /** The answer of the first request with this key; the door is not knocked at again. */
  replay?: Answer;
};

/** Middy's request, as this house's HTTP middleware see it. */
export type HttpRequest = {
  event: APIGatewayProxyEventV2;
  context: Context;
  response: unknown;
  error: Error | null;
  internal: Passed;
};

/** Every middleware has the same shape; a hook it does not need is left out. */
export type HttpMiddleware = {
  before?: (request: HttpRequest) => Promise<void> | void;
  after?: (request: HttpRequest) => Promise<void> | void;
  onError?: (request: HttpRequest) => Promise<void> | void;
};

/** What a door is handed. `merchant` is there behind merchantApi only. */
export type Call<Params, Query, Body> = {
  gateway: Gateway;
  requestId: string;
  params: Params;
  query: Query;
  body: Body;
  /** There when the request has an Idempotency-Key: the use case stores its answer with its work. */
  keep?: KeepAnswer;
};

export type Result = object | Answer;
