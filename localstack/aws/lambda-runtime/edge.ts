import { runInNewContext } from 'node:vm';
import { managed } from '../template/web.ts';
import type { Template } from './resolve-template.ts';

/**
 * Asks a distribution as a viewer of that address does, and answers what its origin said.
 * @throws Error for what lies in the bucket.
 */
export type Edge = (viewer: string, path: string, request?: EdgeRequest) => Promise<Response>;

export type EdgeRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/**
 * CloudFront in front of an API, as far as it touches a request: the behaviour of the path, the program it runs, the
 * headers that are handed on, and those the origin gets in any case.
 * @param resolve puts into a part of the template what was created.
 */
export function edgeOf(
  template: Template,
  distributionId: string,
  resolve: (value: unknown) => unknown,
  apiUrl: string,
): Edge {
  const { DistributionConfig } = template.Resources[distributionId]?.Properties as { DistributionConfig: Distribution };
  const programOf = ({ FunctionAssociations = [] }: Behaviour) => {
    const [id] =
      FunctionAssociations.find((one) => one.EventType === 'viewer-request')?.FunctionARN['Fn::GetAtt'] ?? [];
    return id === undefined ? unchanged : String(resolve(template.Resources[id]?.Properties?.['FunctionCode']));
  };
  return (viewer, path, { method = 'GET', headers = {}, body } = {}) => {
    const behaviour = DistributionConfig.CacheBehaviors.find(({ PathPattern }) => matches(PathPattern, path));
    const origin = DistributionConfig.Origins.find(({ Id }) => Id === behaviour?.TargetOriginId);
    if (behaviour === undefined || origin?.CustomOriginConfig === undefined) throw new Error(`${path} is a file`);
    const handedOn = viewerHeaders(programOf(behaviour), { viewer, path, method, headers });
    const own = resolve(origin.OriginCustomHeaders ?? []) as readonly OwnHeader[];
    return fetch(`${apiUrl}${path}`, {
      method,
      ...(body !== undefined && { body }),
      headers: {
        ...(behaviour.OriginRequestPolicyId === managed.allViewerExceptHost && handedOn),
        ...Object.fromEntries(own.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue])),
      },
    });
  };
}

type Distribution = { readonly Origins: readonly Origin[]; readonly CacheBehaviors: readonly Behaviour[] };
type OwnHeader = { readonly HeaderName: string; readonly HeaderValue: string };
type Origin = {
  readonly Id: string;
  readonly CustomOriginConfig?: object;
  readonly OriginCustomHeaders?: readonly unknown[];
};
type Behaviour = {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly OriginRequestPolicyId?: string;
  readonly FunctionAssociations?: readonly {
    readonly EventType: string;
    readonly FunctionARN: { readonly 'Fn::GetAtt': readonly [string, string] };
  }[];
};

const unchanged = 'function handler(event) { return event.request; }';

/** Where a pattern has a star, anything may stand. */
const matches = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path.split('?')[0] ?? '');

type Asked = { readonly viewer: string; readonly path: string } & Required<Pick<EdgeRequest, 'method' | 'headers'>>;

/** The viewer's headers as the program leaves them. */
function viewerHeaders(program: string, { viewer, path, method, headers }: Asked): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { value }] as const);
  const request = { method, uri: path.split('?')[0], querystring: {}, headers: Object.fromEntries(entries) };
  const event = { version: '1.0', context: {}, viewer: { ip: viewer }, request };
  const changed = runInNewContext(`${program}\nJSON.stringify(handler(${JSON.stringify(event)}))`) as string;
  const { headers: left } = JSON.parse(changed) as { headers: Record<string, { value: string }> };
  return Object.fromEntries(Object.entries(left).map(([name, { value }]) => [name, value]));
}
