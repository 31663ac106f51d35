import { VoiceServerError } from "./voice-server-error.ts";

/** An option or an argument is missing, of the wrong type or out of range. */
export class OptionInvalidError extends VoiceServerError {
  readonly option: string;
  readonly reason: string;

  constructor(option: string, reason: string) {
    super("voice_server.option_invalid", `${option} ${reason}.`, { option, reason });
    this.option = option;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is OptionInvalidError {
    return VoiceServerError.isInstance(error) && error.code === "voice_server.option_invalid";
  }
}
