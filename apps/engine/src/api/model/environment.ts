/** Which installation this is, for people to see before they act: production must not look like a test. */
export const environmentColours = ['red', 'orange', 'yellow', 'green', 'blue', 'violet', 'grey'] as const;
export type EnvironmentColour = (typeof environmentColours)[number];

export interface Environment {
  readonly name: string;
  readonly colour: EnvironmentColour;
}
