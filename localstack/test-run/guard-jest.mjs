// Jest's own process ends with ours. As a global setup and not by --import: its worker processes would inherit that,
// and they have no parent's pipe on their standard input.
export default async function guardJest() {
  await import('../die-with-parent.ts');
}
