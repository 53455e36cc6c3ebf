import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { type AwsAnswer, AwsError } from './aws-answer.ts';
import { post } from './post.ts';
import { type Credentials, lambdaCredentials, signRequest } from './sign-request.ts';

/** As much of the SDK's options as we set. Times in milliseconds. */
export type AwsClientOptions = {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: Credentials;
  readonly maxAttempts?: number;
  readonly requestHandler?: { readonly connectionTimeout?: number; readonly requestTimeout?: number };
};

/** A service of AWS that speaks JSON: its address begins with `service`, which also stands in the signature. */
export type AwsService = { readonly service: string; readonly contentType: string };

/** One operation with its input, as the SDK's commands are. */
export type AwsCommand = { readonly target: string; readonly input: object };

/** How long the first wait before another attempt is at most; each further one twice that, and none is the same. */
const firstPauseMs = 50;

/**
 * A client for one service of AWS with the SDK's face, for Lambda: a signature, a POST, and another try when the first
 * met a dead connection, a full service or a broken one. The SDK does the same and much that nobody here asks for; it is
 * what runs locally, and a test holds the two against each other.
 */
export class AwsClient {
  readonly #service: AwsService;
  readonly #options: AwsClientOptions;
  readonly #agent: HttpAgent;
  readonly #endpoint: URL;
  readonly #region: string;

  constructor(service: AwsService, options: AwsClientOptions = {}) {
    const { env } = process;
    this.#service = service;
    this.#options = options;
    this.#region = options.region ?? env['AWS_REGION'] ?? 'us-east-1';
    this.#endpoint = new URL(
      options.endpoint ||
        env[`AWS_ENDPOINT_URL_${service.service.toUpperCase()}`] ||
        env['AWS_ENDPOINT_URL'] ||
        `https://${service.service}.${this.#region}.amazonaws.com`,
    );
    const isTls = this.#endpoint.protocol === 'https:';
    this.#agent = new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true });
  }

  /** @throws AwsError, named as the service names it, or what became of the connection. */
  async send({ target, input }: AwsCommand, { abortSignal }: { abortSignal?: AbortSignal } = {}): Promise<never> {
    const { maxAttempts = 3 } = this.#options;
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#attempt(target, body, abortSignal);
        if (answer.status === 200) return (answer.text === '' ? {} : JSON.parse(answer.text)) as never;
        throw new AwsError(answer);
      } catch (error) {
        if (attempt >= maxAttempts || abortSignal?.aborted === true || !isWorthAnother(error)) throw error;
        await delay(Math.random() * firstPauseMs * 2 ** attempt, undefined, abortSignal && { signal: abortSignal });
      }
    }
  }

  destroy(): void {
    this.#agent.destroy();
  }

  #attempt(target: string, body: string, signal: AbortSignal | undefined): Promise<AwsAnswer> {
    const { service, contentType } = this.#service;
    const headers = { host: this.#endpoint.host, 'content-type': contentType, 'x-amz-target': target };
    const credentials = this.#options.credentials ?? lambdaCredentials(process.env);
    const scope = { service, region: this.#region };
    const signed = signRequest({ headers, body }, scope, credentials, new Date());
    return post(
      { url: this.#endpoint, headers: signed, body, agent: this.#agent },
      this.#options.requestHandler ?? {},
      signal,
    );
  }
}

function isWorthAnother(error: unknown): boolean {
  return !(error instanceof AwsError) || error.isPassing;
}
