import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Structured logs on standard output, one JSON object a line. Nothing here may carry a body, a header or a secret;
 * the redaction is the net under that rule, not the rule.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.secret', '*.api_secret', '*.webhook_secret', '*.password', '*.cvv', '*.number', '*.card', 'card'],
        censor: '[redacted]',
      },
      serializers: { err: safeError },
    },
    // Synchronous, so that a frozen or killed process loses no line.
    pino.destination({ dest: 1, sync: true }),
  );
}

/** PostgreSQL errors carry the failing row in `detail` and `where`; those may hold a merchant's data. */
function safeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return { name: error.name, message: error.message, code, stack: error.stack, cause: causeText(error.cause) };
}

const causeText = (cause: unknown) => (cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined);
