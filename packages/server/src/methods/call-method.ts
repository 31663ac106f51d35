import { METHODS, type MethodName } from "@sotto/client/contract";
import type { SessionOptions, Sotto } from "@sotto/core";
import type { Body } from "../http/index.ts";
import { onSession } from "./session-calls.ts";

type Call = (...args: unknown[]) => unknown;

/** Calls a method by its name with the arguments of a body that has been checked. */
export async function callMethod(sotto: Sotto, name: MethodName, body: Body): Promise<object> {
  const args = METHODS[name].params.map((param) => body[param]);
  if (!name.startsWith("session.")) return { result: (await methodOf(sotto, name)(...args)) ?? null };
  const [options, ...rest] = args;
  const method = name.slice("session.".length);
  const call = method === "open" ? undefined : async (held: object) => methodOf(held, method)(...rest);
  return onSession(sotto, options as SessionOptions, call);
}

/** The names come from the table, never from a request. */
function methodOf(target: object, name: string): Call {
  const method: unknown = (target as Record<string, unknown>)[name];
  if (typeof method !== "function") throw new TypeError(`there is no method ${name}`);
  return (...args) => method.apply(target, args);
}
