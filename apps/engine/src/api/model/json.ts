/** What a payload reads as. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
