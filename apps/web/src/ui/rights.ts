'use client';
import { createContext, useContext } from 'react';

/** What a button may need. */
export type Need = 'write' | 'work' | 'administer' | 'administerCluster';

export interface Rights {
  /** Who is signed in. */
  readonly subject: string;
  readonly may: Readonly<Record<Need, boolean>>;
}

/** Nothing where nobody signs in, and until it is known who has: the engine has the last word anyway. */
export const RightsContext = createContext<Rights | undefined>(undefined);

const roles: Readonly<Record<Need, string>> = {
  write: 'write',
  work: 'worker',
  administer: 'admin',
  administerCluster: 'admin of the cluster',
};

/** Why somebody cannot do this, for people to read; undefined when they can. */
export const useRefusal = (need: Need | undefined): string | undefined => refusalOf(useContext(RightsContext), need);

export const refusalOf = (rights: Rights | undefined, need: Need | undefined): string | undefined =>
  rights === undefined || need === undefined || rights.may[need]
    ? undefined
    : `Signed in as ${rights.subject}, without the role ${roles[need]}.`;
