export type Request = {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
};

/** A request as a shell may be given it, whatever is in it. */
export function curlOf({ method, url, headers = {}, body }: Request): string {
  const isPlain = method === 'GET' || (method === 'POST' && body !== undefined);
  const parts = [
    `curl ${isPlain ? '' : `-X ${method} `}${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    // --data would take the line breaks out of it.
    ...(body === undefined ? [] : [`--data-binary ${quoted(body)}`]),
  ];
  return parts.join(' \\\n  ');
}

/** What names a variable is for the shell to fill in; the rest is as it stands. */
const quoted = (text: string): string =>
  /^[\w-]+: \$[A-Z_]+$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
