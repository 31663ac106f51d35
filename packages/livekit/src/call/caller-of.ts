import type { UserRef } from "@sotto/core";
import { type CallParticipant, kindOf } from "./call-room.ts";

/** Who speaks to an agent that runs in the console. */
export const LOCAL_USER = "local-user";

/** How somebody is shown to a model of whom no name is known: a number is none. */
export const CALLER = "caller";

/** Digits as they are dialled, with what people put between them. */
const PHONE_NUMBER = /^\+?\d(?:[\s().-]*\d){4,14}$/u;

/**
 * The user behind a participant: by identity and name, a telephone caller by the number alone (LiveKit names them by it,
 * which is no name of a person). Undefined for a caller whose number is withheld: all of these have one identity.
 */
export function callerOf(participant: CallParticipant): UserRef | undefined {
  const { identity, name, attributes } = participant;
  const isPhone =
    kindOf(participant) === "sip" || attributes?.["sip.phoneNumber"] !== undefined || identity.startsWith("sip_");
  if (!isPhone) return name ? { id: identity, name } : identity;
  const number = (attributes?.["sip.phoneNumber"] ?? identity.replace(/^sip_/u, "")).trim();
  return PHONE_NUMBER.test(number) ? { id: number.replace(/[\s().-]/gu, ""), name: CALLER } : undefined;
}
