/** Who has signed in, as far as the console needs to know: the services check every call themselves. */

export type Role = 'read' | 'worker' | 'write' | 'admin';

export interface Principal {
  /** In words for people; never the credential. */
  readonly subject: string;
  /** Whether the services will probably agree; in the cluster when no namespace is named. Where roles are not told, always. */
  may(role: Role, namespace: string | undefined): boolean;
}

/** Undefined for a credential that proves nothing. Throws an RpcError when it cannot be found out. */
export type Identify = (credential: string) => Promise<Principal | undefined>;
