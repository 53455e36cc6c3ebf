import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** One route of the API: the source of its validation, its types and its page in the reference. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** As API Gateway and OpenAPI write it, with `{id}`. */
  readonly path: string;
  /**
   * merchant: an API key and secret, or a session of the dashboard. session: that alone. password: what begins one. Pages of
   * any origin may call what is open to all (none), only our own the rest.
   */
  readonly auth: 'none' | 'merchant' | 'session' | 'password';
  readonly tag: 'Orders' | 'Payments' | 'Refunds' | 'Webhooks' | 'Dashboard' | 'Merchant' | 'Test' | 'Operations';
  readonly summary: string;
  /** The status of success. */
  readonly status: 200 | 201 | 202;
  readonly params?: z.ZodObject;
  /** What is said when the path's id names nothing. */
  readonly notFound?: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** A request without any body counts as `{}`. */
  readonly bodyOptional?: true;
  /** It creates or moves money, so it takes an Idempotency-Key. */
  readonly idempotent?: true;
  readonly response: z.ZodType;
  /** What success is, where it is not JSON. */
  readonly responseType?: 'text/csv';
  /** Headers of success that are this route's own, and what they say. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The error codes peculiar to this route. */
  readonly errors: readonly ErrorCode[];
};

type Parsed<R extends Route, Part extends 'params' | 'query' | 'body'> = R[Part] extends z.ZodType
  ? z.output<R[Part]>
  : undefined;

export type ParamsOf<R extends Route> = Parsed<R, 'params'>;
export type QueryOf<R extends Route> = Parsed<R, 'query'>;
export type BodyOf<R extends Route> = Parsed<R, 'body'>;
