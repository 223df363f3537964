/** Who a caller is and what they may do, once their credentials were found good. */

/** From the least to the most: each role may do what those before it may. */
export const roles = ['read', 'worker', 'write', 'admin'] as const;
export type Role = (typeof roles)[number];

/** One thing that is allowed. `cluster` is every namespace and what belongs to none. */
export interface Permission {
  readonly scope: { readonly kind: 'cluster' } | { readonly kind: 'namespace'; readonly name: string };
  readonly role: Role;
}

export interface Claims {
  /** Who this is, in words for people; never the credential itself. */
  readonly subject: string;
  readonly permissions: readonly Permission[];
}

/** What the frontend asks of the outside: the claims that a call's headers prove, or nothing when they prove none. */
export interface Authenticator {
  authenticate(headers: ReadonlyMap<string, string>): Promise<Claims | undefined>;
}

/** Names of the whole cluster in the first half of a permission. */
const CLUSTER: ReadonlySet<string> = new Set(['*', 'temporal-system']);

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** Reads `<namespace>:<role>`; nothing for text of any other form. */
export function parsePermission(text: string): Permission | undefined {
  const at = text.lastIndexOf(':');
  const name = text.slice(0, Math.max(at, 0));
  const role = text.slice(at + 1);
  if (name === '' || !isRole(role)) return undefined;
  return { scope: CLUSTER.has(name) ? { kind: 'cluster' } : { kind: 'namespace', name }, role };
}

/** Whether the claims hold `role` or a higher one for a namespace by its name, or for the cluster when none is named. */
export function holds({ permissions }: Claims, role: Role, namespace: string | undefined): boolean {
  const needed = roles.indexOf(role);
  return permissions.some(
    ({ scope, role: held }) =>
      roles.indexOf(held) >= needed && (scope.kind === 'cluster' || (namespace !== undefined && scope.name === namespace)),
  );
}
