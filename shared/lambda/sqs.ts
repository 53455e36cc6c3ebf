/** Stands for @aws-sdk/client-sqs in the bundles for AWS: the part of it that shared/queue uses. */
import { AwsClient, type AwsClientOptions } from './aws-client.ts';

export class SQSClient extends AwsClient {
  constructor(options: AwsClientOptions = {}) {
    super({ service: 'sqs', contentType: 'application/x-amz-json-1.0' }, options);
  }
}

export class SendMessageBatchCommand {
  readonly target = 'AmazonSQS.SendMessageBatch';
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}
