import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Asked, Said } from './emulated-account.ts';

const agent = new Agent({ keepAlive: true });

/** Hands a POST on to another address, as it came. */
export function ask(address: string, { headers, body }: Asked): Promise<Said> {
  return new Promise((resolve, reject) => {
    const onward = request(address, { method: 'POST', agent, headers });
    onward.once('response', (response) => {
      text(response).then((said) => resolve({ status: response.statusCode ?? 0, text: said }), reject);
    });
    onward.once('error', reject);
    onward.end(body);
  });
}
