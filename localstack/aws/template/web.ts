import { edgeHeaders } from '../../../shared/http/caller-address.ts';
import { originFunctions, toldViewer } from './edge-code.ts';
import { attribute, ref, type Resource, type ResourceTable, sub } from './resource.ts';

/** AWS's own policies, the same in every account. */
export const managed = {
  cachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  allViewerExceptHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
} as const;

export const bucketId = 'WebBucket';
export const dashboardId = 'DashboardDistribution';
export const checkoutId = 'CheckoutDistribution';
const edgeSecretId = 'EdgeSecret';

/** Where the API answers. It is known once the stack is there. */
export const apiOrigin = 'https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}';

/**
 * What the template is given. CloudFormation sees at an update that such a value has changed, which it does not of one it
 * finds by {{resolve:ssm:...}}. It puts no SecureString into a distribution, so this is a plain one.
 */
export const webParameters = (edgeSecret: string) => ({
  [edgeSecretId]: {
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default: edgeSecret,
    Description: 'What the distribution of the dashboard proves itself with to the API',
  },
});

/** The built web: files in a bucket that only CloudFront reads, and an origin each for the dashboard and the checkout. */
export function webResources({ stage, isSandbox }: { stage: string; isSandbox: boolean }): ResourceTable {
  const edge = originFunctions({ apiOrigin, isSandbox });
  return {
    [bucketId]: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
    },
    WebBucketPolicy: bucketPolicy,
    WebAccess: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: sub(`gateway-${stage}-\${AWS::Region}`),
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    DashboardRequest: edgeFunction(`gateway-${stage}-dashboard-request`, edge.dashboard.request),
    DashboardResponse: edgeFunction(`gateway-${stage}-dashboard-response`, edge.dashboard.response),
    ApiRequest: edgeFunction(`gateway-${stage}-api-request`, toldViewer),
    CheckoutRequest: edgeFunction(`gateway-${stage}-checkout-request`, edge.checkout.request),
    CheckoutResponse: edgeFunction(`gateway-${stage}-checkout-response`, edge.checkout.response),
    [dashboardId]: distribution(`payment-gateway ${stage}: dashboard`, {
      Origins: [filesOf('/dashboard'), api],
      DefaultCacheBehavior: files('Dashboard'),
      CacheBehaviors: ['/api/*', '/openapi.json'].map((PathPattern) => ({ PathPattern, ...toTheApi })),
    }),
    [checkoutId]: distribution(`payment-gateway ${stage}: checkout`, {
      Origins: [filesOf('/checkout')],
      DefaultCacheBehavior: files('Checkout'),
    }),
  };
}

/** CloudFront may list, too: else a file that is not there would be answered with 403 instead of 404. */
const bucketPolicy: Resource = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: ref(bucketId),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        ['s3:GetObject', sub(`\${${bucketId}.Arn}/*`)],
        ['s3:ListBucket', attribute(bucketId, 'Arn')],
      ].map(([Action, Resource]) => ({
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action,
        Resource,
        Condition: {
          StringEquals: {
            'AWS:SourceArn': [dashboardId, checkoutId].map((id) =>
              sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${id}}`),
            ),
          },
        },
      })),
    },
  },
};

const edgeFunction = (name: string, code: string): Resource => ({
  Type: 'AWS::CloudFront::Function',
  Properties: {
    Name: name,
    AutoPublish: true,
    FunctionCode: sub(code),
    FunctionConfig: { Comment: name, Runtime: 'cloudfront-js-2.0' },
  },
});

const distribution = (Comment: string, config: Readonly<Record<string, unknown>>): Resource => ({
  Type: 'AWS::CloudFront::Distribution',
  Properties: {
    DistributionConfig: {
      Comment,
      Enabled: true,
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      // Of the two cheaper classes the one with edges in India.
      PriceClass: 'PriceClass_200',
      ...config,
    },
  },
});

const filesOf = (OriginPath: string) => ({
  Id: 'files',
  DomainName: attribute(bucketId, 'RegionalDomainName'),
  OriginPath,
  OriginAccessControlId: attribute('WebAccess', 'Id'),
  S3OriginConfig: { OriginAccessIdentity: '' },
});

const api = {
  Id: 'api',
  DomainName: sub(apiOrigin.replace('https://', '')),
  // In place of what a viewer sent under that name.
  OriginCustomHeaders: [{ HeaderName: edgeHeaders.secret, HeaderValue: ref(edgeSecretId) }],
  CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
};

const files = (name: 'Dashboard' | 'Checkout') => ({
  TargetOriginId: 'files',
  ViewerProtocolPolicy: 'redirect-to-https',
  AllowedMethods: ['GET', 'HEAD'],
  Compress: true,
  CachePolicyId: managed.cachingOptimized,
  FunctionAssociations: [
    { EventType: 'viewer-request', FunctionARN: attribute(`${name}Request`, 'FunctionARN') },
    { EventType: 'viewer-response', FunctionARN: attribute(`${name}Response`, 'FunctionARN') },
  ],
});

/** The session's cookie stays on the dashboard's origin, so the API answers there, too. */
const toTheApi = {
  TargetOriginId: 'api',
  ViewerProtocolPolicy: 'https-only',
  AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  Compress: true,
  CachePolicyId: managed.cachingDisabled,
  OriginRequestPolicyId: managed.allViewerExceptHost,
  FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: attribute('ApiRequest', 'FunctionARN') }],
};
