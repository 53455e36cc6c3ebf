/**
 * What CloudFormation does with the deployer's rights, by the type of what it makes. Names of actions with a star are all
 * of that name: CloudFormation creates, reads, tags, changes and deletes.
 */
const byType: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': [
    'apigateway:GET',
    'apigateway:POST',
    'apigateway:PUT',
    'apigateway:PATCH',
    'apigateway:DELETE',
    'apigateway:TagResource',
  ],
  'AWS::CloudFront::Distribution': ['cloudfront:*Distribution*', 'cloudfront:TagResource', 'cloudfront:UntagResource'],
  'AWS::CloudFront::Function': ['cloudfront:*Function'],
  'AWS::CloudFront::OriginAccessControl': ['cloudfront:*OriginAccessControl'],
  'AWS::CloudWatch::Alarm': [
    'cloudwatch:PutMetricAlarm',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:DeleteAlarms',
    'cloudwatch:TagResource',
  ],
  'AWS::DynamoDB::Table': [
    'dynamodb:*Table',
    'dynamodb:*TimeToLive',
    'dynamodb:*TagResource',
    'dynamodb:ListTagsOfResource',
  ],
  'AWS::Events::Rule': ['events:*Rule', 'events:*Targets', 'events:TagResource'],
  'AWS::IAM::Role': ['iam:*Role', 'iam:*RolePolicy', 'iam:TagRole', 'iam:PassRole (to lambda.amazonaws.com)'],
  'AWS::Lambda::EventSourceMapping': ['lambda:*EventSourceMapping'],
  'AWS::Lambda::Function': ['lambda:*Function*', 'lambda:TagResource', 'lambda:ListTags'],
  'AWS::Lambda::Permission': ['lambda:AddPermission', 'lambda:RemovePermission'],
  'AWS::Logs::LogGroup': ['logs:*LogGroup*', 'logs:*RetentionPolicy', 'logs:*LogDelivery', 'logs:TagResource'],
  'AWS::S3::Bucket': [
    's3:*Bucket*',
    's3:*EncryptionConfiguration',
    's3:PutObject',
    's3:GetObject',
    's3:DeleteObject',
    's3:ListBucket',
  ],
  'AWS::SNS::Topic': ['sns:*Topic*', 'sns:TagResource'],
  'AWS::SNS::Subscription': ['sns:Subscribe', 'sns:Unsubscribe'],
  'AWS::SQS::Queue': ['sqs:*Queue*'],
};

/** What the deployment itself asks for, whatever the template holds. */
const always = [
  'cloudformation:*',
  'ssm:GetParameters',
  'ssm:PutParameter',
  'lambda:InvokeFunction',
  'sts:GetCallerIdentity',
];

/** The rights for a template with resources of these types, each once. A type that is not known here is named. */
export function rightsFor(types: readonly string[]): string[] {
  const families = (type: string) => {
    if (byType[type] !== undefined) return byType[type];
    const family = Object.keys(byType).find((known) => known.split('::')[1] === type.split('::')[1]);
    return family === undefined ? [`whatever ${type} needs`] : [];
  };
  return [...new Set([...always, ...types.flatMap(families)])].sort();
}
