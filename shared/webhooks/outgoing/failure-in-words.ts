import { ConnectTimeoutError, ForbiddenAddressError } from './guarded-connector.ts';

type NetworkError = { name?: string; code?: string; address?: string; port?: number; errors?: unknown[] };

// Keys are the `code` of Node's, c-ares', OpenSSL's and undici's errors.
const WORDS: Readonly<Record<string, string>> = {
  ECONNRESET: 'connection closed by the receiver before its answer was complete',
  EPIPE: 'connection closed by the receiver before its answer was complete',
  UND_ERR_SOCKET: 'connection closed by the receiver before its answer was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection closed by the receiver before its answer was complete',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'connecting timed out',
  UND_ERR_CONNECT_TIMEOUT: 'connecting timed out',
  ENOTFOUND: 'host name not found',
  ENODATA: 'host name has no address',
  EAI_AGAIN: 'host name could not be looked up',
  ESERVFAIL: 'host name could not be looked up',
  ECONNREFUSED: 'host name could not be looked up',
  EREFUSED: 'host name could not be looked up',
  ETIMEOUT: 'host name lookup timed out',
  CERT_HAS_EXPIRED: 'TLS certificate has expired',
  CERT_NOT_YET_VALID: 'TLS certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS certificate is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'TLS certificate is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TLS certificate is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS certificate chain is incomplete',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS certificate is for another host name',
  UND_ERR_DESTROYED: 'the sender is closed',
  UND_ERR_CLOSED: 'the sender is closed',
  UND_ERR_HEADERS_OVERFLOW: 'answer headers are too large',
};

/** What a merchant reads about an attempt that got no answer, for whatever `send` may meet. Never a stack or a path. */
export function failureInWords(error: unknown): string {
  if (error instanceof ForbiddenAddressError) return error.message;
  if (error instanceof ConnectTimeoutError) return 'connecting timed out';

  const { name, code = 'unknown cause', address, port, errors } = (error ?? {}) as NetworkError;
  // With several addresses each has failed in its own way; the first was the preferred one.
  if (errors?.[0] !== undefined) return failureInWords(errors[0]);
  // Without an address it is a name server that refused.
  if (code === 'ECONNREFUSED' && address !== undefined) return `connection refused by ${address}:${port ?? ''}`;
  if (name === 'HTTPParserError') return 'answer is not valid HTTP';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return 'TLS handshake failed';
  return WORDS[code] ?? `delivery failed (${code})`;
}
