import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { verifyWebhook } from './verify.mjs';

createServer(async (request, response) => {
  const rawBody = await buffer(request);
  if (!verifyWebhook(rawBody, request.headers, process.env.WEBHOOK_SECRET)) {
    response.writeHead(400).end('Bad signature');
    return;
  }
  const { event, data } = JSON.parse(rawBody.toString());
  // A delivery may come twice: remember request.headers['webhook-id'] and skip the ones you have seen.
  console.log(event, data);
  // Answer within 5 seconds; do the slow work afterwards.
  response.writeHead(204).end();
}).listen(process.env.PORT ?? 3000);
