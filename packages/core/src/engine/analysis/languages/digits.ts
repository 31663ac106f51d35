/** The digits as they are said one by one, from 0 on, in the languages that are understood as spoken. */
export const spokenDigits: readonly (readonly string[])[] = [
  ["zero", "null", "cero", "zéro", "nul"],
  ["one", "eins", "uno", "um", "un", "een", "één"],
  ["two", "zwei", "zwo", "dos", "deux", "dois", "due", "twee"],
  ["three", "drei", "tres", "trois", "três", "tre", "drie"],
  ["four", "vier", "cuatro", "quatre", "quatro", "quattro"],
  ["five", "fünf", "cinco", "cinq", "cinque", "vijf"],
  ["six", "sechs", "seis", "sei", "zes"],
  ["seven", "sieben", "siete", "sept", "sete", "sette", "zeven"],
  ["eight", "acht", "ocho", "huit", "oito", "otto"],
  ["nine", "neun", "nueve", "neuf", "nove", "negen"],
];

/** The months by name, from January on, whole and as they are cut short. */
export const monthNames: readonly (readonly string[])[] = [
  ["january", "jan", "januar", "jänner", "enero", "janvier", "janeiro", "gennaio", "januari"],
  ["february", "feb", "februar", "febrero", "février", "fevereiro", "febbraio", "februari"],
  ["march", "mar", "märz", "marzo", "mars", "março", "maart"],
  ["april", "apr", "abril", "avril", "aprile"],
  ["may", "mai", "mayo", "maio", "maggio", "mei"],
  ["june", "jun", "juni", "junio", "juin", "junho", "giugno"],
  ["july", "jul", "juli", "julio", "juillet", "julho", "luglio"],
  ["august", "aug", "agosto", "août", "augustus"],
  ["september", "sep", "sept", "septiembre", "septembre", "setembro", "settembre"],
  ["october", "oct", "oktober", "okt", "octubre", "octobre", "outubro", "ottobre"],
  ["november", "nov", "noviembre", "novembre", "novembro"],
  ["december", "dec", "dezember", "dez", "diciembre", "décembre", "dezembro", "dicembre"],
];
