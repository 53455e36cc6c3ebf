import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** An answer that is not the route's ordinary one: another status, other headers, or a body that is not JSON. */
export class Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isBase64Encoded: boolean;
  /** Values of Set-Cookie, of which API Gateway makes a header each. */
  readonly cookies: readonly string[];

  constructor(
    status: number,
    body: string,
    headers: Readonly<Record<string, string>>,
    { isBase64Encoded = false, cookies = [] }: { isBase64Encoded?: boolean; cookies?: readonly string[] } = {},
  ) {
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.isBase64Encoded = isBase64Encoded;
    this.cookies = cookies;
  }
}

export const jsonAnswer = (
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
  more: { cookies?: readonly string[] } = {},
): Answer =>
  new Answer(status, JSON.stringify(body), { 'Content-Type': 'application/json; charset=utf-8', ...headers }, more);

/**
 * The one place where a result, an error or a replay becomes an HTTP response, because an early answer skips
 * every `after` in Middy.
 */
export function respond(answer: Answer, common: Readonly<Record<string, string>>): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: answer.status,
    headers: { ...common, ...answer.headers },
    body: answer.body,
    isBase64Encoded: answer.isBase64Encoded,
    ...(answer.cookies.length > 0 && { cookies: [...answer.cookies] }),
  };
}
