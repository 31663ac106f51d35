/** Control characters, and halves of surrogate pairs, which UTF-8 cannot hold: two ids could become one. */
export const unstorable = /[\p{Cc}\p{Cs}]/u;
