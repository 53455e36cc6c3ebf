/** Stands for @aws-sdk/client-dynamodb in the bundles for AWS: the part of it that shared/idempotency uses. */
import { AwsError } from './aws-answer.ts';
import { AwsClient, type AwsClientOptions } from './aws-client.ts';

export class DynamoDBClient extends AwsClient {
  constructor(options: AwsClientOptions = {}) {
    super({ service: 'dynamodb', contentType: 'application/x-amz-json-1.0' }, options);
  }
}

class DynamoDBCommand {
  readonly target: string;
  readonly input: object;
  constructor(operation: string, input: object) {
    this.target = `DynamoDB_20120810.${operation}`;
    this.input = input;
  }
}

export class GetItemCommand extends DynamoDBCommand {
  constructor(input: object) {
    super('GetItem', input);
  }
}

export class PutItemCommand extends DynamoDBCommand {
  constructor(input: object) {
    super('PutItem', input);
  }
}

export class UpdateItemCommand extends DynamoDBCommand {
  constructor(input: object) {
    super('UpdateItem', input);
  }
}

export class DeleteItemCommand extends DynamoDBCommand {
  constructor(input: object) {
    super('DeleteItem', input);
  }
}

/** The refusals are one class here, told apart by their names; `instanceof` is answered as the SDK would. */
export class ConditionalCheckFailedException extends AwsError {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof AwsError && error.name === 'ConditionalCheckFailedException';
  }
}
