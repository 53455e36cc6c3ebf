import { verifyWebhook } from './verify.mjs';

/** Behind an API Gateway HTTP API or a function URL, whose header names are lower-case. */
export async function handler({ body, headers, isBase64Encoded }) {
  const rawBody = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (!verifyWebhook(rawBody, headers, process.env.WEBHOOK_SECRET)) {
    return { statusCode: 400, body: 'Bad signature' };
  }
  const { event, data } = JSON.parse(rawBody.toString());
  // A delivery may come twice: remember headers['webhook-id'] and skip the ones you have seen.
  console.log(event, data);
  return { statusCode: 204 };
}
