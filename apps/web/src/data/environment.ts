'use client';
import { useQuery } from '@tanstack/react-query';
import { systemInfo } from './queries.ts';

export interface EnvironmentView {
  readonly name: string;
  /** What cannot be taken back is confirmed by typing the name: in environments that are shown in red. */
  readonly isGuarded: boolean;
}

/** Which installation this is; undefined where nobody has named it. */
export function useEnvironment(): EnvironmentView | undefined {
  const environment = useQuery(systemInfo()).data?.environment ?? undefined;
  return environment && { name: environment.name, isGuarded: environment.colour === 'red' };
}
