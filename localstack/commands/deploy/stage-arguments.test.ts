import { describe, expect, test } from '@jest/globals';
import { readStageArguments, StageUsageError } from './stage-arguments.ts';

describe('npm run deploy', () => {
  test('hands on what is the framework’s', () => {
    const args = ['--stage', 'dev', '--param', 'a=b c', '--param=d=', '--region', 'eu-west-1', '--yes'];
    expect(readStageArguments(args)).toEqual({
      stage: 'dev',
      isDryRun: false,
      isAgreed: true,
      isHelp: false,
      handedOn: ['--param=a=b c', '--param=d=', '--region=eu-west-1'],
    });
  });

  test.each([[[]], [['--stage', 'production']], [['--stage']], [['--stage', 'dev', '--force']], [['dev']]])(
    '%j is not understood',
    (args) => {
      expect(() => readStageArguments(args)).toThrow(StageUsageError);
    },
  );

  test('helps without a stage', () => {
    expect(readStageArguments(['--help']).isHelp).toBe(true);
  });
});
