/** What came back over the wire. */
export type AwsAnswer = { readonly status: number; readonly text: string };

/** What the services say when they have had enough for the moment. */
const throttled = /Throttl|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown/;

/** A refusal of an AWS service, with the fields and the name that the SDK's errors have. */
export class AwsError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };
  /** Whether the same request may succeed in a moment. */
  readonly isPassing: boolean;

  constructor({ status, text }: AwsAnswer) {
    const said = fieldsOf(text);
    super(textOf(said['message']) ?? textOf(said['Message']) ?? `answered with ${status}`);
    this.name = shortName(textOf(said['__type']) ?? 'UnknownError');
    this.$metadata = { httpStatusCode: status };
    this.isPassing = status >= 500 || throttled.test(this.name);
    // DynamoDB shows the item that was in the way.
    if (said['Item'] !== undefined) Object.assign(this, { Item: said['Item'] });
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** `com.amazonaws.sqs#QueueDoesNotExist` is what the SDK calls QueueDoesNotExist. */
const shortName = (type: string) => type.split('#').at(-1)?.split(':')[0] ?? type;

/** A proxy on the way may answer with anything. */
function fieldsOf(text: string): Record<string, unknown> {
  try {
    const fields: unknown = JSON.parse(text);
    return typeof fields === 'object' && fields !== null ? { ...fields } : {};
  } catch {
    return {};
  }
}
