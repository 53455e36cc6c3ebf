export const longFiles: Record<string, number>;

interface Test {
  path: string;
  context: object;
}

export default class LongestFirst {
  sort(tests: Test[]): Test[];
}
