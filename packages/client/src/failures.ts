import { type ErrorJson, errorFromJson, hasCode, SottoError } from "@sotto/core";
import type { MethodName } from "./contract/index.ts";

/** The error of an answer, of the class that it had on the server; one of a proxy, or of nobody's form, says its status. */
export async function errorOfAnswer(response: Response): Promise<SottoError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isErrorJson(body)) return errorFromJson(body);
  const { status } = response;
  return new SottoError("server.bad_answer", `The server answered ${status} without saying why.`, { status });
}

export function timedOut(call: MethodName, timeoutMs: number): SottoError {
  return new SottoError(
    "server.timeout",
    `${call} was not answered within timeoutMs = ${timeoutMs}. Whether it was done is not known.`,
    { call, timeoutMs },
  );
}

export function unreachable(call: MethodName, url: string): SottoError {
  return new SottoError(
    "server.unreachable",
    `${call} was not answered: there is no connection to ${url}. Is the server running there?`,
    { call, url },
  );
}

/** Rejected because the call makes no sense, and not because of the server's state. */
export function isMalformed(error: unknown): boolean {
  return SottoError.isInstance(error) && /^(argument|query|filter|limit)\./.test(error.code);
}

export function isTimeout(error: unknown): boolean {
  return hasCode(error, "server.timeout");
}

function isErrorJson(value: unknown): value is ErrorJson {
  const error = (value as { error?: unknown } | undefined | null)?.error as Partial<ErrorJson["error"]> | undefined;
  return (
    typeof error?.code === "string" &&
    typeof error.message === "string" &&
    typeof error.details === "object" &&
    error.details !== null
  );
}
