import express from 'express';
import { verifyWebhook } from './verify.mjs';

const app = express();

// express.raw, not express.json: the signature is over the bytes that came.
app.post('/webhook', express.raw({ type: 'application/json' }), (request, response) => {
  if (!verifyWebhook(request.body, request.headers, process.env.WEBHOOK_SECRET)) {
    response.status(400).send('Bad signature');
    return;
  }
  const { event, data } = JSON.parse(request.body.toString());
  // A delivery may come twice: remember request.headers['webhook-id'] and skip the ones you have seen.
  console.log(event, data);
  // Answer within 5 seconds; do the slow work afterwards.
  response.sendStatus(204);
});

app.listen(process.env.PORT ?? 3000);
