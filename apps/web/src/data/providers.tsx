'use client';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { watchHistory } from '../lib/keep-navigation.ts';
import { ServedAt } from '../ui/use-now.ts';
import { repeatEarlyEvents } from './early-events.ts';
import { askToSignIn } from './session.ts';

export function Providers({ servedAt, children }: { servedAt: number; children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        queryCache: new QueryCache({ onError: (error) => void askToSignIn(error) }),
        mutationCache: new MutationCache({ onError: (error) => void askToSignIn(error) }),
        defaultOptions: {
          queries: { refetchOnWindowFocus: true, staleTime: 1_000, gcTime: 5 * 60_000, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
  );
  useEffect(() => {
    repeatEarlyEvents();
    // The router is further out, so its effects follow this one.
    setTimeout(watchHistory);
  }, []);
  return (
    <QueryClientProvider client={client}>
      <ServedAt value={servedAt}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </ServedAt>
    </QueryClientProvider>
  );
}
