import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { equalInConstantTime } from '../secrets/equal-in-constant-time.ts';

/** What a proxy of ours says of a request: from what address it came, and the secret that only such a proxy knows. */
export const edgeHeaders = { viewer: 'gateway-viewer-address', secret: 'gateway-edge-secret' } as const;

/**
 * The address a request comes from: the one API Gateway saw or, where that is a proxy of ours, the one the proxy saw.
 * Anybody can send the first header, so it counts only beside the right second one.
 * @param secret EDGE_SECRET; without one no proxy is ours.
 */
export function callerAddress(
  { headers, requestContext }: Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>,
  secret: string | undefined,
): string {
  const { [edgeHeaders.viewer]: viewer = '', [edgeHeaders.secret]: given = '' } = headers;
  const isOurs = secret !== undefined && equalInConstantTime(given, secret);
  return isOurs && isIP(viewer) !== 0 ? viewer : requestContext.http.sourceIp;
}
