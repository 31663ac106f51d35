import {
  AgentNotFoundError,
  ControlPlaneAnswerError,
  ControlPlaneUnreachableError,
  OptionInvalidError,
  ProjectKeyRefusedError,
} from "../errors/index.ts";
import { checkCredentials, type LiveKitCredentials } from "./livekit-credentials.ts";

/**
 * The control plane's contract:
 *
 *     GET {apiUrl}/v1/agents/{voiceAgentId}/livekit-credentials
 *     Authorization: Bearer {projectKey}
 *     X-Project-Id: {projectId}
 *
 *     200 { "url", "apiKey", "apiSecret", "agentName", "expiresAt"? }    expiresAt: ISO 8601, after which they are void
 *     else { "error": { "code": "server.*", "message", "details" } }     401, 403: the key; 404: the agent
 */
export interface ControlPlaneOptions {
  projectId: string;
  /** A secret: it stays on your server. */
  projectKey: string;
  voiceAgentId: string;
  /** For example `https://sotto.example.com`. */
  apiUrl: string;
  /** Default: the global `fetch`. */
  fetch?: typeof fetch;
  /** How long to wait for an answer, in ms, 1 to 60,000. Default 5000. */
  requestTimeoutMs?: number;
}

export interface FetchedCredentials {
  credentials: LiveKitCredentials;
  /** Milliseconds since 1970; undefined when the control plane set no end. */
  expiresAtMs: number | undefined;
}

/** Checks the options before the first request. @throws OptionInvalidError */
export function checkControlPlaneOptions(options: ControlPlaneOptions): void {
  for (const name of ["projectId", "projectKey", "voiceAgentId", "apiUrl"] as const) {
    if (typeof options[name] !== "string" || options[name] === "") {
      throw new OptionInvalidError(name, "must be a string that is not empty");
    }
  }
  if (!URL.canParse(options.apiUrl) || !/^https?:$/.test(new URL(options.apiUrl).protocol)) {
    throw new OptionInvalidError("apiUrl", `must be an http: or https: URL, not ${JSON.stringify(options.apiUrl)}`);
  }
  const { requestTimeoutMs } = options;
  if (requestTimeoutMs !== undefined && !(requestTimeoutMs >= 1 && requestTimeoutMs <= 60_000)) {
    throw new OptionInvalidError("requestTimeoutMs", `must be from 1 to 60000, not ${requestTimeoutMs}`);
  }
}

/**
 * Asks the control plane once.
 *
 * @throws ControlPlaneUnreachableError, ProjectKeyRefusedError, AgentNotFoundError, ControlPlaneAnswerError
 */
export async function fetchCredentials(options: ControlPlaneOptions): Promise<FetchedCredentials> {
  const { projectId, projectKey, voiceAgentId, apiUrl, requestTimeoutMs = 5000 } = options;
  const url = `${apiUrl.replace(/\/+$/, "")}/v1/agents/${encodeURIComponent(voiceAgentId)}/livekit-credentials`;
  const signal = AbortSignal.timeout(requestTimeoutMs);
  let status: number;
  let text: string;
  try {
    const response = await (options.fetch ?? fetch)(url, {
      headers: { Authorization: `Bearer ${projectKey}`, "X-Project-Id": projectId, Accept: "application/json" },
      redirect: "manual",
      signal,
    });
    status = response.status;
    text = await response.text();
  } catch (cause) {
    const reason = signal.aborted ? `no answer within ${requestTimeoutMs} ms` : describe(cause);
    throw new ControlPlaneUnreachableError(apiUrl, reason, { cause });
  }
  if (status === 401 || status === 403) throw new ProjectKeyRefusedError(status, projectId, voiceAgentId);
  if (status === 404) throw new AgentNotFoundError(voiceAgentId, projectId);
  if (status === 429 || status >= 500) throw new ControlPlaneUnreachableError(apiUrl, `it answered ${status}`);
  if (status !== 200) throw new ControlPlaneAnswerError(apiUrl, `status ${status} instead of 200`);
  return parseAnswer(apiUrl, text);
}

/** Nothing of the answer itself goes into an error: it may hold the secret. */
function parseAnswer(apiUrl: string, text: string): FetchedCredentials {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ControlPlaneAnswerError(apiUrl, "it is not JSON");
  }
  if (typeof body !== "object" || body === null) throw new ControlPlaneAnswerError(apiUrl, "it is not a JSON object");
  const { url, apiKey, apiSecret, agentName, expiresAt } = body as Record<string, unknown>;
  for (const [name, value] of Object.entries({ url, apiKey, apiSecret, agentName })) {
    if (typeof value !== "string" || value === "") {
      throw new ControlPlaneAnswerError(apiUrl, `"${name}" is missing or not a string`);
    }
  }
  const expiresAtMs = typeof expiresAt === "string" ? Date.parse(expiresAt) : undefined;
  if ((expiresAt !== undefined && expiresAt !== null && expiresAtMs === undefined) || Number.isNaN(expiresAtMs)) {
    throw new ControlPlaneAnswerError(apiUrl, '"expiresAt" is not an ISO 8601 time');
  }
  try {
    return { credentials: checkCredentials({ url, apiKey, apiSecret, agentName } as LiveKitCredentials), expiresAtMs };
  } catch {
    throw new ControlPlaneAnswerError(apiUrl, '"url" is not a ws:, wss:, http: or https: URL');
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message
    ? `${error.message} (${error.cause.message})`
    : error.message;
}
