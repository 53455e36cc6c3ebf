import { sentenceOf } from '../../startup-error.ts';
import { UsageError } from './arguments.ts';

/** A sentence that says what to do, for what goes wrong with AWS before anything is wrong with the gateway. */
export function whyNot(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const { name = '', message = '', code = '' } = error as { name?: string; message?: string; code?: string };
  if (/^Region (is missing|not accepted)/.test(message)) {
    return 'It is not known in which region the queues are. Set AWS_REGION, such as AWS_REGION=ap-south-1.';
  }
  if (name === 'CredentialsProviderError') {
    return 'There are no AWS credentials here. Sign in (aws sso login, aws configure), or set AWS_PROFILE.';
  }
  if (name === 'QueueDoesNotExist') {
    return 'There are no such queues here. Is it another --stage, AWS_REGION or AWS_PROFILE?';
  }
  if (/AccessDenied|InvalidClientTokenId|ExpiredToken|SignatureDoesNotMatch|UnrecognizedClient/.test(name)) {
    return `AWS refuses: ${message}`;
  }
  if (/^E[A-Z]+$/.test(code) || name === 'TimeoutError') return `SQS does not answer (${message || code}).`;
  return sentenceOf(error);
}
