export const texts: readonly string[];
