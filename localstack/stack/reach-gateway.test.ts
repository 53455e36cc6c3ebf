import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { gatewayFrom, reachGateway } from './reach-gateway.ts';

test('an address is whole or made of a port, and credentials are both there or neither', () => {
  expect(gatewayFrom({})).toEqual({ apiUrl: 'http://localhost:8000' });
  expect(gatewayFrom({ API_PORT: '8007', API_KEY: 'key' })).toEqual({ apiUrl: 'http://localhost:8007' });
  const env = { API_URL: 'https://pay.example/', API_KEY: 'key', API_SECRET: 'secret', TEST_MERCHANT_URL: 'http://m' };
  expect(gatewayFrom(env)).toEqual({
    apiUrl: 'https://pay.example',
    apiKey: 'key',
    apiSecret: 'secret',
    testMerchantUrl: 'http://m',
  });
});

test('a gateway counts as reached once it is healthy; otherwise the sentence says where, why and what to do', async () => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(reachGateway({ API_URL: url })).resolves.toEqual({ apiUrl: url });
  status = 503;
  await expect(reachGateway({ API_URL: url })).rejects.toThrow(
    `No gateway answers at ${url}/health (status 503). Start it with npm start in another terminal.`,
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(reachGateway({ API_URL: url }, 'Begin.')).rejects.toThrow(/\([A-Z_]+\)\. Begin\.$/);
});
