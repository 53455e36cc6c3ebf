/** The name of the constraint or unique index a statement ran into, or undefined when it failed otherwise. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return undefined;
  // SQLSTATE class 23 is "integrity constraint violation".
  const { code, constraint } = error;
  return typeof code === 'string' && code.startsWith('23') && typeof constraint === 'string' ? constraint : undefined;
}
