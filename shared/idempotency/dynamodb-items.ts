import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

/** A key as it lies in the table. */
export type KeyItem = {
  readonly pk: string;
  readonly fingerprint: string;
  readonly claim_token: string;
  /** From when (ms) somebody else may take it: the end of its claim, then of its life. */
  readonly free_at: number;
  /** From when (s) DynamoDB may delete it. It does so hours or days late, so nothing is decided by that. */
  readonly expires_at: number;
  /** Text: what JSON an answer is, DynamoDB would print in its own way. */
  readonly answer?: string;
};

/** The table's requests. Each that has a condition answers whether it held. */
export function keyItems(client: DynamoDBClient, TableName: string) {
  const change = (pk: string, token: string, set: string, values: Record<string, AttributeValue>) =>
    held(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk: { S: pk } },
          UpdateExpression: `SET ${set}`,
          ConditionExpression: 'claim_token = :token AND attribute_not_exists(answer)',
          ExpressionAttributeValues: { ':token': { S: token }, ...values },
        }),
      ),
    );

  return {
    /** Takes a key that is new, or free by `nowMs`. */
    take: ({ pk, fingerprint, claim_token, free_at, expires_at }: KeyItem, nowMs: number) =>
      held(
        client.send(
          new PutItemCommand({
            TableName,
            Item: {
              pk: { S: pk },
              fingerprint: { S: fingerprint },
              claim_token: { S: claim_token },
              free_at: { N: String(free_at) },
              expires_at: { N: String(expires_at) },
            },
            ConditionExpression: 'attribute_not_exists(pk) OR free_at <= :now',
            ExpressionAttributeValues: { ':now': { N: String(nowMs) } },
          }),
        ),
      ),
    read: async (pk: string): Promise<KeyItem | undefined> => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: { pk: { S: pk } }, ConsistentRead: true }),
      );
      return Item && itemOf(Item);
    },
    /** Lengthens a claim that nobody has taken over. */
    renew: (pk: string, token: string, freeAtMs: number) =>
      change(pk, token, 'free_at = :free', { ':free': { N: String(freeAtMs) } }),
    keep: (pk: string, token: string, kept: { fingerprint: string; answer: string; freeAtMs: number }) =>
      change(pk, token, 'free_at = :free, fingerprint = :fingerprint, answer = :answer', {
        ':free': { N: String(kept.freeAtMs) },
        ':fingerprint': { S: kept.fingerprint },
        ':answer': { S: kept.answer },
      }),
    release: (pk: string, token: string) =>
      held(
        client.send(
          new DeleteItemCommand({
            TableName,
            Key: { pk: { S: pk } },
            ConditionExpression: 'claim_token = :token AND attribute_not_exists(answer)',
            ExpressionAttributeValues: { ':token': { S: token } },
          }),
        ),
      ),
  };
}

async function held(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function itemOf(item: Record<string, AttributeValue>): KeyItem {
  const text = (name: string) => item[name]?.S ?? '';
  const answer = item['answer']?.S;
  return {
    pk: text('pk'),
    fingerprint: text('fingerprint'),
    claim_token: text('claim_token'),
    free_at: Number(item['free_at']?.N),
    expires_at: Number(item['expires_at']?.N),
    ...(answer !== undefined && { answer }),
  };
}
