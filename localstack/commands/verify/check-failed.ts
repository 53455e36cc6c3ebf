/** What was found wrong, in the three sentences somebody needs who did not write the gateway. */
export interface Finding {
  expected: string;
  came: string;
  /** What to look at or to do. */
  look: string;
}

export class CheckFailed extends Error {
  override name = 'CheckFailed';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(`expected ${finding.expected}, came ${finding.came}`);
    this.finding = finding;
  }
}
