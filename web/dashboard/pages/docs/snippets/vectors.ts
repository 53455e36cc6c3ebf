import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type HeaderName = 'webhook-id' | 'webhook-timestamp' | 'webhook-signature' | 'x-webhook-signature';
type Headers = Record<HeaderName, string>;

/** Deliveries as the gateway signs them, and what a receiver must say to each after `change`, with `secret`, at `now`. */
export type Vectors = {
  deliveries: Record<string, { body: string; secrets: { current: string; previous: string[] }; headers: Headers }>;
  cases: {
    name: string;
    delivery: string;
    secret: string;
    /** Seconds since 1970. */
    now: number;
    /** An empty header is one that is not there. */
    change: Partial<Headers & { body: string }>;
    verifyWebhook: boolean;
    verifyBody: boolean;
  }[];
};

export const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as Vectors;

/** What came in, in a case. */
export function received({ deliveries }: Vectors, { delivery, change }: Vectors['cases'][number]) {
  const sent = deliveries[delivery];
  if (sent === undefined) throw new Error(`vectors.json has no delivery "${delivery}"`);
  const { body, ...headers } = { body: sent.body, ...sent.headers, ...change };
  return { body, headers };
}

/** A line for each case, of fields in base64 that a tab parts: every language can read that without a library. */
export function linesOf(all: Vectors): string {
  const lines = all.cases.map((one) => {
    const { body, headers } = received(all, one);
    const { 'x-webhook-signature': hex, 'webhook-id': id, 'webhook-timestamp': time } = headers;
    const fields = [body, one.secret, String(one.now), hex, id, time, headers['webhook-signature']];
    return fields.map((field) => Buffer.from(field).toString('base64')).join('\t');
  });
  return `${lines.join('\n')}\n`;
}
