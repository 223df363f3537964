import './globals.css';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { earlyScript } from '../data/early-events.ts';
import { titleOf } from '../data/page-title.ts';
import { Providers } from '../data/providers.tsx';
import { themeScript } from '../data/theme-script.ts';
import { HeldLinks } from '../ui/held-links.tsx';
import { Sprite } from '../ui/sprite.tsx';
import { Toasts } from '../ui/toasts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: { default: 'Tidemark', template: await titleOf('%s', 'Tidemark') }, icons: { icon: '/icon.svg' } };
}

export const viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" data-density="default" suppressHydrationWarning>
      <head>
        <link rel="preload" href="/fonts/Geist-Variable.woff2" as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="preload" href="/fonts/GeistMono-Variable.woff2" as="font" type="font/woff2" crossOrigin="anonymous" />
        {/* Our own constant text: no data reaches it. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: `${themeScript};${earlyScript}` }} />
      </head>
      <body>
        <Sprite />
        <Providers servedAt={Date.now()}>{children}</Providers>
        <HeldLinks />
        <Toasts />
      </body>
    </html>
  );
}
