/** Next.js loads this before the page: `onRouterTransitionStart` is called as each navigation begins. */
import { keepNavigation } from './lib/keep-navigation.ts';

export const onRouterTransitionStart = (url: string): void => keepNavigation(url);
