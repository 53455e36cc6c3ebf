import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSettings } from '../../shared/runtime/settings.ts';
import FinishDeployment from './finish-deployment.ts';
import type { Serverless } from './serverless-types.ts';

describe('before a deployment', () => {
  const secret = '/gateway/dev/edge-secret';
  const parameters = new Map([
    ['/gateway/dev/database-url', 'postgresql://a'],
    ['/gateway/dev/sealing-keys', 'k1:b'],
  ]);
  let store: Server;
  let serverless: Serverless;

  beforeAll(async () => {
    store = createServer((request, response) => {
      void text(request).then((body) => {
        const { Names = [], Name, Value } = JSON.parse(body) as { Names?: string[]; Name?: string; Value?: string };
        if (Name !== undefined) parameters.set(Name, Value ?? '');
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.end(JSON.stringify({ InvalidParameters: Names.filter((name) => !parameters.has(name)) }));
      });
    }).listen(0, '127.0.0.1');
    await once(store, 'listening');
    const config = {
      endpoint: `http://127.0.0.1:${(store.address() as AddressInfo).port}`,
      region: 'ap-south-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    const provider = {
      getStage: () => 'dev',
      getRegion: () => 'ap-south-1',
      getAwsSdkV3Config: () => Promise.resolve(config),
    };
    serverless = { getProvider: () => provider } as unknown as Serverless;
  });
  afterAll(() => {
    store.closeAllConnections();
    store.close();
  });

  /** @returns the options the framework goes on with. */
  const check = async () => {
    const options: { force?: boolean } = {};
    await new FinishDeployment(serverless, options).hooks['before:deploy:deploy']();
    return options;
  };

  test('a missing secret of the edge is made, and then even an unchanged service is deployed', async () => {
    expect(await check()).toEqual({ force: true });
    const made = parameters.get(secret);
    expect(readSettings({ GATEWAY_MODE: 'sandbox', EDGE_SECRET: made }).EDGE_SECRET).toBe(made);
    expect(await check()).toEqual({});
    expect(parameters.get(secret)).toBe(made);

    parameters.delete(secret);
    expect(await check()).toEqual({ force: true });
    expect(parameters.get(secret)).not.toBe(made);
  });

  test('nothing is made when another secret is missing', async () => {
    parameters.delete(secret);
    parameters.delete('/gateway/dev/sealing-keys');
    await expect(check()).rejects.toThrow('/gateway/dev/sealing-keys');
    expect(parameters.has(secret)).toBe(false);
  });
});
