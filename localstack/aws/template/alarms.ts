import { jobs } from '../../aws-resources.ts';
import { deadLettersId, queueId } from './queues.ts';
import { attribute, pascal, ref, type Resource, type ResourceTable } from './resource.ts';

/** Bells are answered within seconds; one that waits this long means that nobody answers. */
const oldestBellSeconds = 300;

/** What a person should hear of. @param email who; without one the alarms are seen in the console only. */
export function alarmResources({ stage, email, apiName }: { stage: string; email: string; apiName: unknown }) {
  const queues = jobs.flatMap((type): [string, Resource][] => [
    [
      `${pascal(type)}DeadLettersAlarm`,
      alarm({
        AlarmName: `gateway-${stage}-${type}-dead-letters`,
        AlarmDescription: 'A doorbell failed again and again. Its row is safe; the log of the job has the cause.',
        ...ofQueue('ApproximateNumberOfMessagesVisible', deadLettersId(type)),
        Threshold: 0,
      }),
    ],
    [
      `${pascal(type)}LateAlarm`,
      alarm({
        AlarmName: `gateway-${stage}-${type}-late`,
        AlarmDescription: 'Doorbells wait for minutes: the job fails, is throttled, or has too little concurrency.',
        ...ofQueue('ApproximateAgeOfOldestMessage', queueId(type)),
        Threshold: oldestBellSeconds,
      }),
    ],
  ]);
  const resources: ResourceTable = {
    Alarms: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `gateway-${stage}-alarms` } },
    ...(email === '' ? {} : { AlarmsByEmail: subscription(email) }),
    ...Object.fromEntries(queues),
    SweepAlarm: alarm({
      AlarmName: `gateway-${stage}-sweep`,
      AlarmDescription: 'The sweeper fails or does not run, so lost doorbells are not rung again.',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: ref('SweepLambdaFunction') }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      // It runs every minute; no data is as bad as errors.
      TreatMissingData: 'breaching',
    }),
    ApiErrorsAlarm: alarm({
      AlarmName: `gateway-${stage}-api-errors`,
      AlarmDescription: 'The API answers with 5xx.',
      Namespace: 'AWS/ApiGateway',
      MetricName: '5xx',
      Dimensions: [{ Name: 'ApiId', Value: apiName }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 5,
    }),
  };
  return resources;
}

const subscription = (email: string): Resource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { Protocol: 'email', TopicArn: ref('Alarms'), Endpoint: email },
});

const ofQueue = (MetricName: string, id: string) => ({
  Namespace: 'AWS/SQS',
  MetricName,
  Dimensions: [{ Name: 'QueueName', Value: attribute(id, 'QueueName') }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
});

const alarm = (properties: Readonly<Record<string, unknown>>): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [ref('Alarms')],
    OKActions: [ref('Alarms')],
    ...properties,
  },
});
