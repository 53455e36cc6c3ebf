import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { sqsClient } from '../../shared/queue/sqs-client.ts';
import { sqsQueueUrls } from '../../shared/queue/sqs-queue-urls.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { StartupError } from '../startup-error.ts';

/**
 * Makes sure that SQS, or LocalStack in its place, has the queues of these settings, and says where they are.
 * @throws StartupError that names the queue, what is wrong with it and what to do.
 */
export async function findSqs(env: NodeJS.ProcessEnv): Promise<string> {
  const client = sqsClient();
  const urls = sqsQueueUrls(readSettings(env));
  try {
    for (const url of Object.values(urls)) {
      await client.send(new GetQueueAttributesCommand({ QueueUrl: url })).catch(refuse(url));
    }
  } finally {
    client.destroy();
  }
  const address = env['AWS_ENDPOINT_URL_SQS'] || env['AWS_ENDPOINT_URL'] || urls['settle-payment'];
  return `SQS at ${new URL(address).host}`;
}

const refuse = (url: string) => (error: unknown) => {
  const { name, message, code = name } = error as Error & { code?: string };
  throw new StartupError(
    `QUEUE_BACKEND is sqs, but the queue ${url} cannot be asked (${message || code}). For LocalStack, AWS_ENDPOINT_URL, ` +
      'AWS_REGION and any credentials must be set, too; or unset QUEUE_BACKEND and the gateway finds a queue by itself.',
  );
};
