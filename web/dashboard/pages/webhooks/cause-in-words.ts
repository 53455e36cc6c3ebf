import type { Attempt } from './webhook-types.ts';

/** Why an attempt came to nothing, and what its receiver can do. */
export type Cause = { what: string; todo: string };

type Told = Pick<Attempt, 'response_code' | 'error'>;

/** By what the gateway says of an attempt without an answer. The first that fits counts. */
const silences: readonly (readonly [RegExp, string])[] = [
  [
    /^timed out|timed out/,
    'Answer within 5 seconds: take the event down, answer 204, and do the slow work afterwards.',
  ],
  [/^connection refused/, 'Nothing listens there. Start your server, and look at the port and the path of the URL.'],
  [/^connection closed/, 'Your server, or a proxy before it, hung up. Look for a crash at this time in its log.'],
  [/host name/, 'Look at the name in the URL, and whether its DNS entry is public.'],
  [/unreachable/, 'The address cannot be reached from here. Look at the network and the firewall before your server.'],
  [/certificate has expired/, 'Renew the certificate of your server.'],
  [/certificate chain/, 'Serve the intermediate certificates, too: the chain is incomplete.'],
  [/certificate is for another host name/, 'The certificate does not name this host. Use the name it was issued for.'],
  [/certificate/, 'Use a certificate of a public authority; Let’s Encrypt is one.'],
  [/TLS/, 'Look at the TLS settings of your server; https on a port that speaks plain http fails so.'],
  [/is not public|^The webhook URL/, 'Webhooks go to public https addresses only. Save another URL.'],
  [/redirect/, 'Redirects are never followed. Save the address that it leads to.'],
  [/not valid HTTP|headers are too large/, 'What answers there is no web server as it should be. Look at the port.'],
];

/** By status; the last of a hundred stands for the rest of it. */
const refusals: Readonly<Record<number, string>> = {
  400: 'Your server did not accept it. Look at its answer below; verify over the raw body, not a parsed one.',
  401: 'Often a wrong secret: compare it with the one on the webhooks page. If the path asks for a login, let this one through.',
  403: 'Often a firewall or CSRF check of a framework. Let POSTs to this path through; the signature says who they are from.',
  404: 'The path is not there. Look at the URL.',
  405: 'The path does not take a POST.',
  413: 'Your server takes less than this body. Raise its limit.',
  415: 'Let the path take application/json.',
  429: 'Your server turned it away for coming too often. Let this path through.',
  500: 'Your server failed over it. Look in its log at this time.',
  502: 'The proxy before your server got no good answer from it. Is your server up?',
  503: 'Your server said that it is not available. Is it starting, or overloaded?',
  504: 'The proxy before your server got no answer in time. Answer first, work afterwards.',
};

/** Null for an attempt that was delivered. */
export function causeOf({ response_code: code, error }: Told): Cause | null {
  if (code !== null && code >= 200 && code < 300) return null;
  if (error !== null) {
    const todo = silences.find(([pattern]) => pattern.test(error))?.[1];
    return {
      what: capital(error),
      todo: todo ?? 'Look at the URL, and whether your server can be reached from outside.',
    };
  }
  if (code === null) return { what: 'No answer came', todo: 'Look whether your server is up.' };
  const todo = refusals[code] ?? (code >= 500 ? refusals[500] : refusals[400]) ?? '';
  return { what: `Your server answered ${code}`, todo };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
