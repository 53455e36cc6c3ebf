import { SQSClient } from '@aws-sdk/client-sqs';

/**
 * Region and credentials come from the SDK's standard chain, and so does the endpoint (AWS_ENDPOINT_URL) unless one is
 * given. Connections are kept and used again.
 */
export function sqsClient(endpoint?: string): SQSClient {
  return new SQSClient({
    ...(endpoint !== undefined && { endpoint }),
    // Else the SDK goes to the host in the queue's URL, and past AWS_ENDPOINT_URL.
    useQueueUrlAsEndpoint: false,
    // One retry: the connection a frozen Lambda wakes up with is often dead.
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
}
