import type { JsonValue } from "@sotto/core";
import { type AdapterSetting, type Exchange, type TestedAdapter, testAdapter } from "@sotto/core/testing";
import { generateText, type ModelMessage, ToolLoopAgent, wrapLanguageModel } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { answer } from "../src/fixtures/model-answers.ts";
import { agentMemory, chatMemory, llmConsolidator, memoryMiddleware } from "../src/index.ts";
import type { CallOptions, ProviderOptions } from "../src/provider-types.ts";

const shownIn = ({ prompt }: CallOptions) => JSON.stringify(prompt).replaceAll("\\n", "\n");
const messagesOf = ({ history, message }: Exchange): ModelMessage[] =>
  [...history, message].map(({ role, text }) => ({ role, content: text }));

function model(text: string, shown: string[]) {
  return new MockLanguageModelV4({
    doGenerate: async (options) => {
      shown.push(shownIn(options));
      return answer(text);
    },
  });
}

const scopeOfCall = ({ providerOptions }: { providerOptions: ProviderOptions }) => {
  const { user, session } = providerOptions.sotto ?? {};
  return { user: String(user), session: String(session) };
};

const consolidator: TestedAdapter["consolidator"] = (value, options) =>
  llmConsolidator(new MockLanguageModelV4({ doGenerate: answer(JSON.stringify(value as JsonValue)) }), options);

testAdapter("memoryMiddleware", ({ sotto, ...options }: AdapterSetting) => {
  const memory = memoryMiddleware(sotto, { ...options, scope: scopeOfCall });
  return {
    stats: memory.stats,
    flush: () => memory.flush(),
    consolidator,
    async exchange(exchange) {
      const shown: string[] = [];
      await generateText({
        model: wrapLanguageModel({ model: model(exchange.answer.text, shown), middleware: memory }),
        messages: messagesOf(exchange),
        providerOptions: { sotto: { user: exchange.user, session: exchange.session } },
        ...(exchange.signal === undefined ? {} : { abortSignal: exchange.signal }),
      });
      return { shown: shown.join("\n") };
    },
  };
});

testAdapter(
  "agentMemory",
  ({ sotto, ...options }: AdapterSetting) => {
    const memory = agentMemory(sotto, {
      ...options,
      scope: ({ runtimeContext }) => runtimeContext as { user: string; session: string },
    });
    return {
      stats: memory.stats,
      flush: () => memory.flush(),
      consolidator,
      async exchange(exchange) {
        const shown: string[] = [];
        const { user, session, signal } = exchange;
        const agent = new ToolLoopAgent({
          model: model(exchange.answer.text, shown),
          runtimeContext: { user, session },
          ...memory.hooks,
        });
        await agent.generate({
          messages: messagesOf(exchange),
          ...(signal === undefined ? {} : { abortSignal: signal }),
        });
        return { shown: shown.join("\n") };
      },
    };
  },
  { skip: [{ name: "recall-aborted", reason: "prepareStep is given no signal" }] },
);

testAdapter(
  "chatMemory with memoryMiddleware",
  ({ sotto, ...options }: AdapterSetting) => {
    const memory = memoryMiddleware(sotto, { ...options, scope: scopeOfCall, record: false });
    return {
      stats: memory.stats,
      flush: () => memory.flush(),
      consolidator,
      async exchange(exchange) {
        const { user, session, history, message, answer: answered } = exchange;
        const shown: string[] = [];
        const scope = { user, session };
        const chat = chatMemory(sotto, { scope, logger: options.logger });
        const ui = [...history, message, answered].map(({ id, role, text }) => ({
          id,
          role,
          parts: [{ type: "text" as const, text }],
        }));
        await chat.save(ui.slice(0, -1)).catch(() => {});
        await generateText({
          model: wrapLanguageModel({ model: model(answered.text, shown), middleware: memory }),
          messages: messagesOf(exchange),
          providerOptions: { sotto: { user: exchange.user, session: exchange.session } },
          ...(exchange.signal === undefined ? {} : { abortSignal: exchange.signal }),
        });
        await chat.save(ui).catch(() => {});
        return { shown: shown.join("\n") };
      },
    };
  },
  {
    skip: [
      { name: "write-hangs", reason: "save says when it is durable: who calls it bounds it" },
      { name: "write-fails", reason: "save throws, and counts nothing" },
      { name: "store-hangs", reason: "as for writes" },
      { name: "stuck-user", reason: "as for writes" },
    ],
  },
);
