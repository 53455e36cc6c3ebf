/** Something the person at the terminal can act on: shown as its sentence alone, never with a stack. */
export class StartupError extends Error {
  override name = 'StartupError';
}

export function sentenceOf(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
