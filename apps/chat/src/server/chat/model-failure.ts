import { APICallError, RetryError } from "ai";

/** What the page says when the model fails; the log has the rest. */
export function modelFailure(error: unknown): string {
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  console.error("the model failed", cause);
  if (!APICallError.isInstance(cause)) return "The answer could not be finished.";
  const { statusCode } = cause;
  if (statusCode === undefined) return "The model cannot be reached. Check OPENAI_BASE_URL.";
  if (statusCode === 401 || statusCode === 403) return "The model refused the key. Check OPENAI_API_KEY.";
  if (statusCode === 404) return "There is no such model. Check CHAT_MODEL and OPENAI_BASE_URL.";
  if (statusCode === 429) return "The model has too much to do. Try again in a moment.";
  return `The model failed (status ${statusCode}).`;
}
