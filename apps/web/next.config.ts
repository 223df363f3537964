import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  images: { unoptimized: true },
  // A link that is followed while nobody answers waits; without it the browser would leave the page for an error of its own.
  experimental: { useOffline: true },
  // `tsc -p apps/web` checks the types; Next's own check needs the compiler's old JavaScript interface.
  typescript: { ignoreBuildErrors: true },
  turbopack: { resolveAlias: { long: './src/lib/plain-long.ts' } },
  transpilePackages: ['@tidemark/protocol', '@tidemark/engine'],
};

export default config;
