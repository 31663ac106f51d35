/** Names of the months, from January; English, German, Spanish, French. Longer ones first where one begins another. */
export const monthNames: readonly string[] = [
  "january|jan|januar|jänner|enero|janvier",
  "february|feb|februar|febrero|février|fevrier",
  "march|mar|märz|maerz|marzo|mars",
  "april|apr|abril|avril",
  "may|mai|mayo",
  "june|jun|juni|junio|juin",
  "july|jul|juli|julio|juillet",
  "august|aug|agosto|août|aout",
  "september|sept|sep|septiembre|septembre",
  "october|oct|okt|oktober|octubre|octobre",
  "november|nov|noviembre|novembre",
  "december|dec|dez|dezember|diciembre|décembre|decembre",
];

/** Names of the days of the week, from Monday. */
export const weekdayNames: readonly string[] = [
  "monday|montag|lunes|lundi",
  "tuesday|dienstag|martes|mardi",
  "wednesday|mittwoch|miércoles|miercoles|mercredi",
  "thursday|donnerstag|jueves|jeudi",
  "friday|freitag|viernes|vendredi",
  "saturday|samstag|sonnabend|sábado|sabado|samedi",
  "sunday|sonntag|domingo|dimanche",
];

/** Days that are so many days ago. */
export const daysAgo: readonly [pattern: string, days: number][] = [
  ["the day before yesterday|vorgestern|anteayer|antier|avant[- ]hier", 2],
  ["yesterday|gestern|ayer|hier", 1],
  ["today|this morning|heute|hoy|aujourd['’]hui", 0],
];

export const numberWords: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ein: 1,
  eine: 1,
  einem: 1,
  einer: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  un: 1,
  una: 1,
  uno: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
};

/** Units, by what they begin with: days, weeks, months, years. */
export const units: readonly [pattern: string, unit: "day" | "week" | "month" | "year"][] = [
  ["days?|tage?n?|días?|dias?|jours?", "day"],
  ["weeks?|wochen?|semanas?|semaines?", "week"],
  ["months?|monate?n?|meses|mes|mois", "month"],
  ["years?|jahre?n?|años?|anos?|ans?|années?", "year"],
];

export const lastUnit: readonly [pattern: string, unit: "week" | "month" | "year"][] = [
  [
    "(?:last|past|previous) week|(?:letzte|vergangene|vorige)[nr]? woche|(?:la )?semana pasada|(?:la )?semaine (?:dernière|derniere|passée)",
    "week",
  ],
  [
    "(?:last|past|previous) month|(?:letzte|vergangene|vorige)[nr]? monat|(?:el )?mes pasado|(?:le )?mois (?:dernier|passé)",
    "month",
  ],
  [
    "(?:last|past|previous) year|(?:letzte|vergangene|vorige)[nrs]? jahr|(?:el )?año pasado|(?:l['’])?(?:an|année) (?:dernier|dernière|passé|passée)",
    "year",
  ],
];

export const thisUnit: readonly [pattern: string, unit: "week" | "month" | "year"][] = [
  ["this week|diese[rn]? woche|esta semana|cette semaine", "week"],
  ["this month|diese[nsm]? monat|este mes|ce mois(?:[- ]ci)?", "month"],
  ["this year|diese[sm]? jahr|este año|cette année", "year"],
];

/** Days that have names, as month and day. */
export const namedDays: readonly [pattern: string, month: number, day: number][] = [
  ["christmas(?: eve| day)?|weihnachten|heiligabend|navidad|nochebuena|noël|noel", 12, 24],
  ["new year['’]?s?(?: day| eve)?|neujahr|silvester|año nuevo|nochevieja|nouvel an", 1, 1],
  ["halloween", 10, 31],
  ["valentine['’]?s day|valentinstag|san valentín|saint[- ]valentin", 2, 14],
];

/** What makes a range of everything before, or after, what follows. */
export const before = "before|until|prior to|vor|bis|antes de(?: la| las| el)?|hasta|avant|jusqu['’](?:à|au)";
export const after = "after|since|nach|seit|después de|despues de|desde|après|apres|depuis";

/** "The last time we spoke": the call. */
export const lastCall =
  "last (?:time|call|conversation|session|chat)|(?:letzte[sn]?|vorige[sn]?) (?:mal|anruf|gespräch|telefonat)|zuletzt|última (?:vez|llamada|conversación)|ultima vez|dernière (?:fois|conversation)|dernier appel|derniere fois";
export const firstCall =
  "(?:very )?first (?:time|call|conversation|session|chat)|(?:erste[sn]?|allererste[sn]?) (?:mal|anruf|gespräch|telefonat)|primera (?:vez|llamada|conversación)|première (?:fois|conversation)|premier appel|premiere fois";
/** "My last request": what was said. */
export const newest =
  "last|latest|most recent|newest|letzte[nrsm]?|neueste[nrsm]?|jüngste[nrsm]?|última|último|ultimo|ultima|dernier|dernière|derniere";
export const oldest =
  "first|originally|initially|at first|in the beginning|erste[nrsm]?|ursprünglich|anfangs|zuerst|primero|primera|primer|originalmente|al principio|premier|première|à l['’]origine|au début|d['’]abord";

/** Words of a question that only say that something was said or done. */
export const talk = new Set(
  `talk talked talking speak spoke spoken say said saying ask asked asking tell told discuss discussed mention mentioned call
   called happen happened conversation conversations chat chatted session request requests question questions do did done
   time about went going topic topics subject thing things week day month date know we us our
   sprechen gesprochen reden geredet sagen gesagt fragen gefragt bitten gebeten erzählen erzählt besprochen passiert gespräch
   anruf angerufen thema themen anliegen frage worüber was habe haben ich wir dich dir mich mir unser ging
   hablar hablamos hablado decir dije dijo preguntar pregunté pedir pedí pasó ocurrió conversación llamada llamé petición tema
   qué que sobre nosotros
   parler parlé avons dire dit demander demandé passé arrivé conversation appel appelé demande sujet quoi nous avions ai je`
    .trim()
    .split(/\s+/u),
);
