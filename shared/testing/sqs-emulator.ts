import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { deadLetterQueueOf, queueOf } from '../../localstack/aws-resources.ts';
import { type JobType, jobTypes } from '../queue/doorbell.ts';

export type SqsEmulator = {
  /** What a process needs to find these queues: the SDK's variables and the gateway's. */
  readonly env: Record<string, string>;
  readonly queueUrls: Readonly<Record<JobType, string>>;
  readonly deadLetterUrls: Readonly<Record<JobType, string>>;
  readonly server: FauxqsServer;
  stop(): Promise<void>;
};

export const emulatorStage = 'test';
const region = 'ap-south-1';
const account = '000000000000';

/** What the SDKs need in place of an AWS account. */
export const emulatorCredentials = { AWS_REGION: region, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/**
 * The gateway's queues on an SQS of this process.
 * @param changed attributes that a test has no time for, such as a VisibilityTimeout of 90 s.
 */
export async function startSqs(changed: Record<string, string> = {}): Promise<SqsEmulator> {
  const server = await startFauxqs({ port: 0, logger: false, defaultRegion: region });
  const made = jobTypes.map((type) => {
    const deadLetters = deadLetterQueueOf(emulatorStage, type);
    const arn = `arn:aws:sqs:${region}:${account}:${deadLetters.name}`;
    const { name, attributes } = queueOf(emulatorStage, type, arn);
    const deadLetterUrl = server.createQueue(deadLetters.name, { attributes: { ...deadLetters.attributes } }).queueUrl;
    const { queueUrl } = server.createQueue(name, { attributes: { ...attributes, ...changed } });
    return { type, queueUrl, deadLetterUrl };
  });
  const urls = (of: 'queueUrl' | 'deadLetterUrl') =>
    Object.fromEntries(made.map((one) => [one.type, one[of]])) as Record<JobType, string>;
  const queueUrls = urls('queueUrl');
  return {
    env: {
      ...emulatorCredentials,
      AWS_ENDPOINT_URL_SQS: server.address,
      QUEUE_BACKEND: 'sqs',
      SETTLE_PAYMENT_QUEUE_URL: queueUrls['settle-payment'],
      SETTLE_REFUND_QUEUE_URL: queueUrls['settle-refund'],
      DELIVER_WEBHOOK_QUEUE_URL: queueUrls['deliver-webhook'],
    },
    queueUrls,
    deadLetterUrls: urls('deadLetterUrl'),
    server,
    stop: () => server.stop(),
  };
}
