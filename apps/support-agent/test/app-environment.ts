/** The environment of an app under test: nothing of the machine's own settings reaches it. */
export function appEnvironment(own: Record<string, string> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined &&
      !/^(OPENAI_|SOTTO_|SUPPORT_|LANGSMITH_|LANGCHAIN_|NO_COLOR|FORCE_COLOR|NODE_OPTIONS)/.test(name),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), TERM: "xterm-256color", ...own };
}
