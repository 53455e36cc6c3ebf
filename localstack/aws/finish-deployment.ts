/**
 * A Serverless plugin. Before a deployment it looks for the secrets, makes the one that is nobody's, and migrates the database; after it, it brings the built
 * web to its bucket. A removal empties that bucket, which CloudFormation cannot.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cloud, cloudOf } from './deployment/cloud.ts';
import { checkSecrets, makeEdgeSecret, migrateAhead, uploadWeb } from './deployment/steps.ts';
import { webObjects } from './deployment/web-objects.ts';
import type { Serverless } from './serverless-types.ts';
import { edgeSecretOf, secretsPathOf, type StageOptions } from './stage.ts';

export default class FinishDeployment {
  readonly hooks = {
    'before:deploy:deploy': async () => this.#check(),
    'before:aws:deploy:deploy:updateStack': async () => this.#migrateAhead(),
    'after:deploy:deploy': async () => this.#finish(),
    'before:remove:remove': async () => this.#emptyBucket(),
  };
  readonly #serverless: Serverless;
  readonly #options: { force?: boolean };
  #hasMigrated = false;

  constructor(serverless: Serverless, options: { force?: boolean }) {
    this.#serverless = serverless;
    this.#options = options;
  }

  get #provider() {
    return this.#serverless.getProvider('aws');
  }

  #cloud(): Promise<Cloud> {
    return cloudOf(this.#provider);
  }

  async #check(): Promise<void> {
    const cloud = await this.#cloud();
    const stage = this.#provider.getStage();
    await checkSecrets(cloud, secretsPathOf(stage), this.#provider.getRegion());
    const random = () => randomBytes(32).toString('base64url');
    // Else the framework would find the same files as last time, and leave CloudFront with the secret of last time.
    if (await makeEdgeSecret(cloud, edgeSecretOf(stage), random)) this.#options.force = true;
  }

  async #migrateAhead(): Promise<void> {
    const zip = readFileSync(join(this.#serverless.serviceDir, '.serverless', 'migrate.zip'));
    this.#hasMigrated = await migrateAhead(await this.#cloud(), this.#migrateName, zip);
  }

  async #finish(): Promise<void> {
    const cloud = await this.#cloud();
    // On the first deployment there was nothing to call before.
    if (!this.#hasMigrated) await cloud.invoke(this.#migrateName);
    const outputs = await cloud.outputsOf(this.#stack);
    if (outputs === undefined) throw new Error(`the stack ${this.#stack} is not there after its deployment`);
    const { gatewayMode, checkoutOrigin } = this.#serverless.service.custom['aws'] as StageOptions;
    const objects = webObjects(this.#serverless.serviceDir, {
      api: outputs['ApiOrigin'] ?? '',
      checkout: checkoutOrigin || (outputs['CheckoutOrigin'] ?? ''),
      isSandbox: gatewayMode === 'sandbox',
    });
    await uploadWeb(cloud, outputs['WebBucketName'] ?? '', objects);
    console.log(`\nAPI        ${outputs['ApiOrigin'] ?? ''}`);
    console.log(`Dashboard  ${outputs['DashboardOrigin'] ?? ''}`);
    console.log(`Checkout   ${outputs['CheckoutOrigin'] ?? ''}`);
  }

  async #emptyBucket(): Promise<void> {
    const cloud = await this.#cloud();
    const outputs = await cloud.outputsOf(this.#stack);
    if (outputs?.['WebBucketName'] !== undefined) await cloud.emptyBucket(outputs['WebBucketName']);
  }

  get #stack(): string {
    return this.#provider.naming.getStackName();
  }

  get #migrateName(): string {
    return `${this.#stack}-migrate`;
  }
}
