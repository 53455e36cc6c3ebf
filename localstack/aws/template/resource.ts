/** A resource of a CloudFormation template. */
export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: 'Delete' | 'Retain';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain';
};

/** By their names in the template, which CloudFormation takes for their identity: another name is another resource. */
export type ResourceTable = Readonly<Record<string, Resource>>;

export const ref = (name: string) => ({ Ref: name });
export const attribute = (name: string, of: string) => ({ 'Fn::GetAtt': [name, of] });
export const sub = (text: string) => ({ 'Fn::Sub': text });

/** `settle-payment` is SettlePayment in a template, where names have letters only. */
export const pascal = (kebab: string) => kebab.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `createOrder` is CreateOrder. */
export const capitalised = (camel: string) => camel.charAt(0).toUpperCase() + camel.slice(1);
