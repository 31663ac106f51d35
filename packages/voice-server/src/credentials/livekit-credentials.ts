import { OptionInvalidError } from "../errors/index.ts";

/** What it takes to mint tokens for a LiveKit server. */
export interface LiveKitCredentials {
  /** `ws:`, `wss:`, `http:` or `https:`; clients get it as `ws:` or `wss:`. */
  url: string;
  apiKey: string;
  apiSecret: string;
  /** The agent dispatched to new rooms; without it LiveKit dispatches by its own rules. */
  agentName?: string | undefined;
}

/** The credentials with a WebSocket URL. @throws OptionInvalidError for one that is missing or malformed */
export function checkCredentials(given: LiveKitCredentials): LiveKitCredentials {
  for (const name of ["url", "apiKey", "apiSecret"] as const) {
    if (typeof given[name] !== "string" || given[name] === "") {
      throw new OptionInvalidError(name, "must be a string that is not empty");
    }
  }
  if (given.agentName !== undefined && (typeof given.agentName !== "string" || given.agentName === "")) {
    throw new OptionInvalidError("agentName", "must be a string that is not empty, or left out");
  }
  const { apiKey, apiSecret, agentName } = given;
  return { url: webSocketUrl(given.url), apiKey, apiSecret, agentName };
}

function webSocketUrl(url: string): string {
  if (!URL.canParse(url) || !/^(ws|http)s?:$/.test(new URL(url).protocol)) {
    throw new OptionInvalidError("url", `must be a ws:, wss:, http: or https: URL, not ${JSON.stringify(url)}`);
  }
  return url.replace(/^http/i, "ws").replace(/\/+$/, "");
}
