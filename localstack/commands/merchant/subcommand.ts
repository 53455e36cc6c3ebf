import type { ParseArgsOptionsConfig } from 'node:util';
import type { Database } from '../../../shared/database/database.ts';
import type { Settings } from '../../../shared/runtime/settings.ts';
import type { Sealer } from '../../../shared/secrets/sealer.ts';
import type { AddressPolicy } from '../../../shared/webhooks/outgoing/address-policy.ts';

export interface Deps {
  database: Database;
  sealer: Sealer;
  addressPolicy: AddressPolicy;
  mode: Settings['GATEWAY_MODE'];
}

/** What a subcommand has to say: to a person, and with --json to a program. */
export interface Report {
  text: string;
  json: object;
}

/** What was typed after the subcommand's name. */
export interface Typed {
  words: readonly string[];
  options: Readonly<Record<string, string | undefined>>;
  /** Those of the subcommand's flags that were set. */
  flags: ReadonlySet<string>;
}

export interface Subcommand {
  /** What follows its name. */
  usage: string;
  /** One line for the list of all. */
  about: string;
  /** Each takes a text; --json and --help are everybody's. */
  options: readonly string[];
  /** Each takes nothing. */
  flags?: readonly string[];
  /**
   * Judges what was typed before anything is opened.
   * @throws UsageError
   */
  prepare(typed: Typed): (deps: Deps) => Promise<Report>;
}

/** Something was typed wrongly; the usage is shown below the sentence. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const parseOptionsOf = ({ options, flags = [] }: Subcommand): ParseArgsOptionsConfig => ({
  ...Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
  ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }])),
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
});

/** The one merchant that is meant. */
export function onlyWord({ words: [who, ...rest] }: Typed): string {
  if (!who) throw new UsageError('Say which merchant: its id, its e-mail address or its API key.');
  if (rest.length > 0) throw new UsageError(`One merchant at a time: ${JSON.stringify(rest.join(' '))} is too much.`);
  return who;
}
