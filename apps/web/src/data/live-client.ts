/** Streams of the api. Pages without one do without the code for them. */
import type { AppRouter } from '@tidemark/engine/api';
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { API_PATH } from './api-client.ts';

export const liveApi = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: API_PATH })] });
