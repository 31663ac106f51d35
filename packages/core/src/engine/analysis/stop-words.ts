/**
 * English words that carry little meaning alone: articles, pronouns, auxiliaries, conjunctions, the plainest
 * prepositions and question words, and contractions as `analyze` writes them (`don't` is `dont`). Words that change what
 * is asked stay out of the list: `not`, `no`, `on`, `off`, `up`, `down`, `before`, `after`, `without`, …
 */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those
   i me my mine myself we us our ours ourselves you your yours yourself yourselves
   he him his himself she her hers herself it its itself they them their theirs themselves
   am is are was were be been being have has had having do does did doing
   will would shall should can could may might must ought
   and or but nor if so as than then because while
   of at by for with about into to from in
   what which who whom whose when where why how
   there here some any such each both all very just too also
   dont doesnt didnt isnt arent wasnt werent wont wouldnt cant cannot couldnt shouldnt hasnt havent hadnt mustnt aint
   im ive id youre youve theyre theyve weve hes shes thats whats lets`.split(/\s+/),
);
