import { seededCredentials } from '../../bench/find-gateway.ts';
import type { Gateway } from '../../stack/reach-gateway.ts';
import { CheckFailed } from './check-failed.ts';

export interface Answered {
  status: number;
  /** Whatever came; every reader says what it looks for in it. */
  json: Record<string, unknown>;
  /** For a person: status and text. */
  shown: string;
}

/** The gateway as one merchant sees it, over HTTP and nothing else: a deployed one is asked like a local one. */
export interface MerchantClient {
  apiUrl: string;
  /** Any answer is an answer, but a 401. */
  ask: (method: 'GET' | 'POST', path: string, body?: object) => Promise<Answered>;
  /** @throws CheckFailed unless the status is the expected one. */
  expect: (status: number, method: 'GET' | 'POST', path: string, body?: object) => Promise<Answered['json']>;
}

const ANSWERS_WITHIN_MS = 15_000;

/*
 * Not the benchmark's client: that one ends the run at an answer it did not expect, where here many an answer is what is
 * to be looked at, and its pool of connections is of no use to somebody who asks one thing after another.
 */
export function merchantClient({ apiUrl, apiKey, apiSecret }: Gateway): MerchantClient {
  const credentials = apiKey && apiSecret ? { apiKey, apiSecret } : seededCredentials;
  const headers = {
    'X-Api-Key': credentials.apiKey,
    'X-Api-Secret': credentials.apiSecret,
    'Content-Type': 'application/json',
  };

  const ask: MerchantClient['ask'] = async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const { status, text } = await fetch(`${apiUrl}${path}`, { method, headers, signal, ...sent }).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      (error: unknown) => {
        throw new CheckFailed({
          expected: `an answer to ${method} ${path}`,
          came: causeOf(error),
          look: 'Is the gateway still running? Start it with npm start; its logs are in .data/logs.',
        });
      },
    );
    const json = parsed(text);
    const shown = `${status} ${inWords(json) ?? text.slice(0, 300)}`.trim();
    if (status === 401) throw new CheckFailed({ expected: 'to be let in', came: shown, look: WHOSE_KEYS });
    return { status, json, shown };
  };

  return {
    apiUrl,
    ask,
    expect: async (status, method, path, body) => {
      const answered = await ask(method, path, body);
      if (answered.status === status) return answered.json;
      throw new CheckFailed({
        expected: `${method} ${path} to answer ${status}`,
        came: answered.shown,
        look:
          answered.status === 429
            ? 'The rate limit is reached; wait as long as Retry-After says.'
            : 'The description above says what is wrong; the request_id leads to it in the log.',
      });
    },
  };
}

const WHOSE_KEYS =
  'API_KEY and API_SECRET must be those of an active merchant of this gateway. ' +
  'npm run merchant -- list shows the keys, npm start the ones of the test merchant.';

function causeOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as { code?: string | number; message?: string };
  return typeof code === 'string' ? code : (message ?? String(cause));
}

function inWords(json: Answered['json']): string | undefined {
  if (typeof json['error'] !== 'object') return undefined;
  const { code, description, request_id: requestId } = json['error'] as Record<string, string | undefined>;
  return `${code}: ${description} (request_id ${requestId})`;
}

function parsed(text: string): Answered['json'] {
  try {
    return JSON.parse(text) as Answered['json'];
  } catch {
    return {};
  }
}
