/**
 * An AWS account of this process: queues, a table and parameters behind one address, that lets each function do what its
 * role says and nothing else.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import dynalite from 'dynalite';
import { startFauxqs } from 'fauxqs';
import { AwsClient } from '../../../shared/lambda/aws-client.ts';
import { ask } from './ask.ts';
import { isAllowed, type PolicyStatement, type Wanted, wantedBy } from './policy.ts';

export const account = { accountId: '000000000000', region: 'ap-south-1' } as const;
export const arnOf = (service: string, rest: string) =>
  `arn:aws:${service}:${account.region}:${account.accountId}:${rest}`;

export type Call = Wanted & { readonly by: string; readonly isAllowed: boolean };

export type EmulatedAccount = {
  /** Where functions find every service. */
  readonly endpoint: string;
  /** The services as the account's owner has them, past all roles. */
  readonly sqs: AwsClient;
  readonly dynamodb: AwsClient;
  /** The Parameter Store. */
  readonly parameters: Map<string, string>;
  /** What each role may do, by the access key id of who has it. */
  readonly roles: Map<string, readonly PolicyStatement[]>;
  /** Everything that was asked for, and by whom. */
  readonly calls: Call[];
  stop(): Promise<void>;
};

export async function startAccount(): Promise<EmulatedAccount> {
  const queues = await startFauxqs({ port: 0, logger: false, defaultRegion: account.region });
  const tables = dynalite({ createTableMs: 0 });
  tables.listen(0, '127.0.0.1');
  await once(tables, 'listening');
  const dynamodbAddress = `http://127.0.0.1:${(tables.address() as AddressInfo).port}`;
  const parameters = new Map<string, string>();
  const roles = new Map<string, readonly PolicyStatement[]>();
  const calls: Call[] = [];
  const behind: Record<string, (request: Asked) => Promise<Said>> = {
    AmazonSQS: (request) => ask(queues.address, request),
    DynamoDB_20120810: (request) => ask(dynamodbAddress, request),
    AmazonSSM: async ({ body }) => getParameters(parameters, JSON.parse(body) as { Names: string[] }),
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ __type: 'InternalFailure', message: String(error) }));
    });
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const target = String(request.headers['x-amz-target']);
    const by = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? 'nobody';
    const wanted = wantedBy(target, JSON.parse(body) as Record<string, unknown>, arnOf);
    const judged = wanted.map((one) => ({ ...one, by, isAllowed: isAllowed(roles.get(by) ?? [], one) }));
    calls.push(...judged);
    if (judged.some((call) => !call.isAllowed)) {
      response.writeHead(400).end(JSON.stringify({ __type: 'AccessDeniedException', message: 'not authorized' }));
      return;
    }
    const service = behind[target.split('.')[0] ?? ''];
    if (service === undefined) throw new Error(`there is no ${target} here`);
    const said = await service({ headers: request.headers as Record<string, string>, body });
    response.writeHead(said.status, { 'content-type': 'application/x-amz-json-1.0' }).end(said.text);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const owner = { accessKeyId: 'OWNER', secretAccessKey: 'owner' };
  const clientOf = (service: string, endpoint: string) =>
    new AwsClient(
      { service, contentType: 'application/x-amz-json-1.0' },
      { endpoint, region: account.region, credentials: owner, requestHandler: { requestTimeout: 30_000 } },
    );
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sqs: clientOf('sqs', queues.address),
    dynamodb: clientOf('dynamodb', dynamodbAddress),
    parameters,
    roles,
    calls,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      tables.closeAllConnections();
      tables.close();
      await queues.stop();
    },
  };
}

export type Asked = { readonly headers: Readonly<Record<string, string>>; readonly body: string };
export type Said = { readonly status: number; readonly text: string };

function getParameters(parameters: ReadonlyMap<string, string>, { Names }: { Names: readonly string[] }): Said {
  const found = Names.filter((name) => parameters.has(name));
  const text = JSON.stringify({
    Parameters: found.map((Name) => ({ Name, Value: parameters.get(Name) })),
    InvalidParameters: Names.filter((name) => !parameters.has(name)),
  });
  return { status: 200, text };
}
