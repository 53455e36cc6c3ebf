/** A statement of an IAM policy, its resources resolved. */
export type PolicyStatement = {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
};

/** What a request wants to do, and to what. */
export type Wanted = { readonly action: string; readonly resource: string };

/** As IAM decides: what is denied is denied, what is not allowed is denied, too. */
export function isAllowed(statements: readonly PolicyStatement[], { action, resource }: Wanted): boolean {
  const about = statements.filter(
    ({ Action, Resource }) => anyMatches(Action, action) && anyMatches(Resource, resource),
  );
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

const anyMatches = (patterns: string | readonly string[], text: string) =>
  [patterns].flat().some((pattern) => patternOf(pattern).test(text));

const patternOf = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );

/** What a request of one of the JSON protocols wants. @throws Error for one that nobody here has thought of. */
export function wantedBy(target: string, input: Readonly<Record<string, unknown>>, arnOf: ArnOf): Wanted[] {
  const [protocol = '', operation = ''] = target.split('.');
  if (protocol === 'AmazonSQS') {
    // A batch is so many single ones to IAM.
    const action = `sqs:${operation.replace(/Batch$/, '')}`;
    const name = String(input['QueueUrl']).split('/').at(-1) ?? '';
    return [{ action, resource: arnOf('sqs', name) }];
  }
  if (protocol === 'DynamoDB_20120810') {
    return [{ action: `dynamodb:${operation}`, resource: arnOf('dynamodb', `table/${String(input['TableName'])}`) }];
  }
  if (protocol === 'AmazonSSM') {
    const names = input['Names'] as string[];
    return names.map((name) => ({ action: `ssm:${operation}`, resource: arnOf('ssm', `parameter${name}`) }));
  }
  throw new Error(`no function was expected to ask for ${target}`);
}

export type ArnOf = (service: string, rest: string) => string;
