import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Region and credentials come from the SDK's standard chain, and so does the endpoint (AWS_ENDPOINT_URL) unless one is
 * given. Connections are kept and used again.
 */
export function dynamodbClient(endpoint?: string): DynamoDBClient {
  return new DynamoDBClient({
    ...(endpoint !== undefined && { endpoint }),
    // A merchant waits: three tries are over within about six seconds, and an answer still leaves within a Lambda's time.
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
}
