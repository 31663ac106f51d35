import { OptionInvalidError } from "../errors/index.ts";

export interface CorsOptions {
  /** For example `["https://app.example.com"]`; `"*"` for any. */
  origins: readonly string[] | "*";
  /** Request headers that browsers may send. Default `["Content-Type", "Authorization"]`. */
  allowHeaders?: readonly string[];
  /** Lets browsers send cookies; not with `"*"`. Default false. */
  credentials?: boolean;
  /** How long browsers may keep a preflight's answer. Default 600. */
  maxAgeSeconds?: number;
}

/** @throws OptionInvalidError */
export function checkCors(cors: CorsOptions | undefined): void {
  if (cors === undefined) return;
  // A string would be searched for parts of itself, and allow more than it says.
  if (cors.origins !== "*" && !Array.isArray(cors.origins))
    throw new OptionInvalidError("cors.origins", 'must be a list such as ["https://app.example.com"], or "*"');
  if (cors.origins !== "*") for (const [i, origin] of cors.origins.entries()) checkOrigin(`cors.origins[${i}]`, origin);
  if (cors.origins === "*" && cors.credentials === true) {
    throw new OptionInvalidError("cors.credentials", 'cannot be true with origins "*": name the origins');
  }
}

/** As browsers send it: scheme, host and port, nothing behind them. */
function checkOrigin(option: string, origin: unknown): void {
  let own: string | undefined;
  try {
    own = new URL(String(origin)).origin;
  } catch {
    own = undefined;
  }
  if (origin === own) return;
  const hint = own === undefined || own === "null" ? "https://app.example.com" : own;
  const instead = origin === "*" ? 'for any origin give "*" instead of a list' : `write ${JSON.stringify(hint)}`;
  throw new OptionInvalidError(option, `${JSON.stringify(origin)} is no origin that a browser sends: ${instead}`);
}

/** The CORS headers of any answer to `request`. */
export function corsHeaders(request: Request, cors: CorsOptions | undefined): Record<string, string> {
  if (cors === undefined) return {};
  const expose = { "Access-Control-Expose-Headers": "Retry-After" };
  if (cors.origins === "*") return { "Access-Control-Allow-Origin": "*", ...expose };
  const origin = request.headers.get("origin");
  if (origin === null || !cors.origins.includes(origin)) return { Vary: "Origin" };
  return {
    "Access-Control-Allow-Origin": origin,
    Vary: "Origin",
    ...expose,
    ...(cors.credentials === true && { "Access-Control-Allow-Credentials": "true" }),
  };
}

/** What a preflight gets besides. */
export function preflightHeaders(cors: CorsOptions | undefined): Record<string, string> {
  if (cors === undefined) return { Allow: "POST, OPTIONS" };
  return {
    Allow: "POST, OPTIONS",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": (cors.allowHeaders ?? ["Content-Type", "Authorization"]).join(", "),
    "Access-Control-Max-Age": String(cors.maxAgeSeconds ?? 600),
  };
}
