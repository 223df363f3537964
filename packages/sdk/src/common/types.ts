/** Shapes shared by every part of the SDK. */

// The parameters of a function type are contravariant, so "any function" can only be said with `never`.
export type AnyFunction = (...args: never[]) => unknown;
export type Constructor<Instance = unknown> = new (...args: never[]) => Instance;
export type ArgumentsOf<Function> = Function extends (...args: infer Args) => unknown ? Args : never;
export type ResultOf<Function> = Function extends (...args: never[]) => infer Result ? Awaited<Result> : never;

/** The names of a class's methods. */
export type MethodsOf<Instance> = { [Key in keyof Instance]: Instance[Key] extends AnyFunction ? Key : never }[keyof Instance] & string;
export type MethodArguments<Instance, Key extends keyof Instance> = ArgumentsOf<Instance[Key]>;
export type MethodResult<Instance, Key extends keyof Instance> = ResultOf<Instance[Key]>;
export type RunOf<Instance> = Instance extends { run: infer Run extends AnyFunction } ? Run : AnyFunction;

export interface Priority {
  /** 1 is the most urgent. */
  readonly priorityKey?: number;
  readonly fairnessKey?: string;
  readonly fairnessWeight?: number;
}

export type VersioningBehavior = 'PINNED' | 'AUTO_UPGRADE';

export interface DeploymentVersion {
  readonly deploymentName: string;
  readonly buildId: string;
}
