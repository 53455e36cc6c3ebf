import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** As much of a service in docker-compose.yml as is held against the code. */
export type ComposeService = {
  readonly container_name: string;
  readonly image?: string;
  readonly build?: { readonly dockerfile_inline: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required?: boolean }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
};

/** docker-compose.yml as Docker Compose reads it in a shell with `env`: first the YAML, then the variables in its texts. */
export function readCompose(root: string, env: NodeJS.ProcessEnv = {}): Readonly<Record<string, ComposeService>> {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const reviver = (_: unknown, value: unknown) => (typeof value === 'string' ? interpolate(value, env) : value);
  const { services } = parse(text, reviver, { merge: true }) as { services: Record<string, ComposeService> };
  return services;
}

/** `${NAME:-standard}` is the only form the file uses; whatever else has a dollar in it is a mistake. */
function interpolate(text: string, env: NodeJS.ProcessEnv): string {
  const standing = /\$\{([A-Z_]+):-([^}]*)\}/g;
  const settled = text.replaceAll(standing, (_, name: string, standard: string) => env[name] || standard);
  if (settled.includes('$')) throw new Error(`docker-compose.yml: ${settled}`);
  return settled;
}
