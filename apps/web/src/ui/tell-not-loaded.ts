'use client';
import { whyNotLoaded } from './not-loaded.ts';
import { tell } from './toasts.tsx';

/** Says that something reached for did not come. `what` begins the sentence. */
export const tellNotLoaded = async (what: string): Promise<void> => tell(await whyNotLoaded(what), 'problem');
