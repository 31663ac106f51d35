/** What a text is put through before it is stored, embedded or logged; answers what is kept of it. */
export type Redact = (text: string) => string;

export interface RedactOptions {
  /** Numbers of payment cards (13 to 19 digits that pass the Luhn check), spoken or written in groups. Default true. */
  cards?: boolean;
  /** Bank account numbers (IBAN, with their check digits). Default true. */
  ibans?: boolean;
  /** Keys and tokens of a known shape: of clouds, code hosts, payment and chat services, JSON Web Tokens, private keys. Default true. */
  keys?: boolean;
  /** More, each by its name. */
  patterns?: Readonly<Record<string, RegExp>>;
}

/** 13 to 19 digits, with spaces, dots or hyphens between. */
const CARD = /(?<![\p{L}\p{N}])\d(?:[ .\-–]{0,2}\d){12,18}(?![\p{L}\p{N}])/gu;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![\p{L}\p{N}])/giu;
const KEYS =
  /(?<![A-Za-z0-9_-])(?:sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,200}|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,200}|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255}|glpat-[A-Za-z0-9_-]{20,100}|xox[abeoprs]-[A-Za-z0-9-]{10,250}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,400}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,60}|SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}|eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,1000})(?![A-Za-z0-9_-])/gu;
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,10000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/gu;
/** The shortest and the longest IBAN there is. */
const IBAN_CHARS = [15, 34] as const;

/**
 * Makes a `redact` for `createSotto`: card numbers, bank account numbers and keys become `[card]`, `[iban]`, `[key]`.
 * Off unless it is given; for telephony, where callers read such numbers out, give it.
 *
 * @example
 * const sotto = createSotto({ redact: redactSecrets() });
 */
export function redactSecrets(options: RedactOptions = {}): Redact {
  const { cards = true, ibans = true, keys = true, patterns = {} } = options;
  return (text) => {
    let kept = text;
    if (keys) kept = kept.replace(PRIVATE_KEY, "[key]").replace(KEYS, "[key]");
    if (ibans) kept = kept.replace(IBAN, withoutIban);
    if (cards) kept = kept.replace(CARD, (number) => (isCard(number) ? "[card]" : number));
    for (const [name, pattern] of Object.entries(patterns)) kept = kept.replace(pattern, `[${name}]`);
    return kept;
  };
}

/** The longest beginning that is an IBAN: words may follow it without a sign between. */
function withoutIban(text: string): string {
  for (let end = text.length; end >= IBAN_CHARS[0]; end--) {
    if (text[end - 1] === " ") continue;
    const isWhole = end === text.length || text[end] === " ";
    if (isWhole && isIban(text.slice(0, end))) return `[iban]${text.slice(end)}`;
  }
  return text;
}

/** ISO 13616: the first four characters go to the end, letters become 10 to 35, and the number leaves 1 over 97. */
function isIban(text: string): boolean {
  const characters = text.replaceAll(" ", "").toUpperCase();
  if (characters.length < IBAN_CHARS[0] || characters.length > IBAN_CHARS[1]) return false;
  let rest = 0;
  for (const character of characters.slice(4) + characters.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** ISO/IEC 7812: the Luhn check, over a number that is not one digit again and again. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/gu, "");
  if (/^(\d)\1*$/u.test(digits)) return false;
  let sum = 0;
  for (let n = 0; n < digits.length; n++) {
    let digit = Number(digits[digits.length - 1 - n]);
    if (n % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
