import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../template/resource.ts';

/** A template as it was packaged. */
export type Template = {
  /** All of them are names in the Parameter Store; their references are to what is there. */
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default: string }>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
};

/** @param folder where `serverless package` put it. */
export const readTemplate = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8')) as Template;

/** What became of a resource: what `Ref` of it answers, and its attributes. */
export type Created = { readonly ref: string; readonly attributes?: Readonly<Record<string, string>> };

export type Account = { readonly accountId: string; readonly region: string };

/**
 * Puts what was created into a part of a template, in the place of Ref, Fn::GetAtt, Fn::Sub and Fn::Join.
 * @throws Error that names what is not there.
 */
export function resolveIn(value: unknown, created: ReadonlyMap<string, Created>, account: Account): unknown {
  const refOf = (name: string) => pseudo(name, account) ?? needed(name, created).ref;
  const attributeOf = (name: string, attribute: string) => {
    const found = needed(name, created).attributes?.[attribute];
    if (found === undefined) throw new Error(`${name} has no attribute ${attribute} here`);
    return found;
  };
  const substituted = (text: string) =>
    text.replace(/\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z]+))?\}/g, (_, name: string, attribute?: string) =>
      attribute === undefined ? refOf(name) : attributeOf(name, attribute),
    );

  const resolve = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(resolve);
    if (typeof one !== 'object' || one === null) return one;
    const [[key, inner] = ['', undefined], ...others] = Object.entries(one) as [string, unknown][];
    if (others.length === 0) {
      if (key === 'Ref') return refOf(String(inner));
      if (key === 'Fn::Sub') return substituted(String(inner));
      if (key === 'Fn::GetAtt') return attributeOf(...(inner as [string, string]));
      if (key === 'Fn::Join') {
        const [separator, parts] = inner as [string, unknown[]];
        return parts.map(resolve).join(separator);
      }
    }
    return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, resolve(part)]));
  };
  return resolve(value);
}

function needed(name: string, created: ReadonlyMap<string, Created>): Created {
  const found = created.get(name);
  if (found === undefined) throw new Error(`${name} is not created here`);
  return found;
}

function pseudo(name: string, { accountId, region }: Account): string | undefined {
  const known: Record<string, string> = {
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return known[name];
}
