import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** A Lambda context as far as a handler reads one; the type's callback-style leftovers are left out. */
export function lambdaContext(functionName: string): Context {
  const context: Omit<Context, 'done' | 'fail' | 'succeed'> = {
    functionName,
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: functionName,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => 15_000,
  };
  return context as Context;
}
