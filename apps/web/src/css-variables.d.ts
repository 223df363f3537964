import 'react';

declare module 'react' {
  /** Variables of the style sheets, set on one element. */
  interface CSSProperties {
    readonly [variable: `--${string}`]: string | number | undefined;
  }
}
