import { OptionInvalidError } from "./errors/index.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const LIVEKIT = { url: "LIVEKIT_URL", apiKey: "LIVEKIT_API_KEY", apiSecret: "LIVEKIT_API_SECRET" } as const;
const SOTTO = {
  projectId: "SOTTO_PROJECT_ID",
  projectKey: "SOTTO_PROJECT_KEY",
  voiceAgentId: "SOTTO_VOICE_AGENT_ID",
  apiUrl: "SOTTO_API_URL",
} as const;

/** The options for `fromCredentials` or, without `LIVEKIT_URL`, for `create`. @throws OptionInvalidError */
export function environmentOptions(env: Environment) {
  if (env[LIVEKIT.url]) return { ...read(env, LIVEKIT), agentName: env.LIVEKIT_AGENT_NAME || undefined };
  if (Object.values(SOTTO).some((name) => env[name])) return read(env, SOTTO);
  throw new OptionInvalidError(
    "The environment",
    `must set ${Object.values(LIVEKIT).join(", ")}, or ${Object.values(SOTTO).join(", ")}`,
  );
}

function read<Names extends Readonly<Record<string, string>>>(
  env: Environment,
  names: Names,
): { [K in keyof Names]: string } {
  const missing = Object.values(names).filter((name) => !env[name]);
  if (missing.length > 0) throw new OptionInvalidError("The environment", `does not set ${missing.join(", ")}`);
  return Object.fromEntries(Object.entries(names).map(([option, name]) => [option, env[name]])) as {
    [K in keyof Names]: string;
  };
}
