#!/usr/bin/env bash
# LocalStack runs this when it is ready: the queues with their dead-letter queues, and the table of the idempotency keys.
# The names and attributes are those of localstack/aws-resources.json, which a test compares.
set -euo pipefail

stage="${STAGE:-dev}"
export AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-ap-south-1}"

create_queue() {
  awslocal sqs create-queue --queue-name "$1" --attributes "$2" --query QueueUrl --output text
}

for job in settle-payment settle-refund deliver-webhook; do
  queue="gateway-${stage}-${job}"
  dlq_url="$(create_queue "${queue}-dlq" '{"MessageRetentionPeriod":"1209600"}')"
  dlq_arn="$(awslocal sqs get-queue-attributes --queue-url "${dlq_url}" --attribute-names QueueArn \
    --query Attributes.QueueArn --output text)"
  redrive="{\\\"deadLetterTargetArn\\\":\\\"${dlq_arn}\\\",\\\"maxReceiveCount\\\":5}"
  create_queue "${queue}" \
    "{\"VisibilityTimeout\":\"90\",\"MessageRetentionPeriod\":\"345600\",\"RedrivePolicy\":\"${redrive}\"}"
done

table="gateway-${stage}-idempotency"
awslocal dynamodb create-table --table-name "${table}" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=pk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH
awslocal dynamodb update-time-to-live --table-name "${table}" \
  --time-to-live-specification Enabled=true,AttributeName=expires_at
