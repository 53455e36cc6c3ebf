import { createInterface } from 'node:readline';
import { verifyBody, verifyWebhook } from '../verify.mjs';

for await (const line of createInterface({ input: process.stdin })) {
  const [body, secret, now, hex, ...standard] = line.split('\t').map((field) => Buffer.from(field, 'base64'));
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const headers = Object.fromEntries(names.map((name, at) => [name, standard[at].toString() || undefined]));
  const isWhole = verifyWebhook(body, headers, secret.toString(), Number(now));
  console.log(isWhole, verifyBody(body, hex.toString() || undefined, secret.toString()));
}
