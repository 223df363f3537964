/** As the SDK names itself to servers. */
export const SDK_NAME = 'tidemark-typescript';
export const SDK_VERSION = '0.1.0';
