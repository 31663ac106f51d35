import { tokenEndpoint, VoiceServer } from "@sotto/voice-server";

export const POST = tokenEndpoint(() => VoiceServer.fromEnv(), {
  authorize: (request) => (request.headers.get("authorization") === "Bearer ann" ? { identity: "ann" } : null),
  clientMaySet: ["room_name"],
});
export const OPTIONS = POST;
