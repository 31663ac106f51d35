import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { type KeptMessage, testAdapter } from "@sotto/core/testing";
import { createAgent } from "langchain";
import { memoryMiddleware } from "../src/agents.ts";
import { llmConsolidator } from "../src/index.ts";
import { memoryNodes } from "../src/langgraph.ts";

const messageOf = ({ id, role, text }: KeptMessage): BaseMessage =>
  role === "user" ? new HumanMessage({ id, content: text }) : new AIMessage({ id, content: text });
const textOf = (messages: readonly BaseMessage[]) => messages.map(({ text }) => text).join("\n");

const consolidator = (value: unknown, options: object) => {
  const model = { withStructuredOutput: () => ({ invoke: async () => value }) };
  return llmConsolidator(model as never, options);
};

testAdapter("memoryMiddleware", ({ sotto, ...options }) => {
  const memory = memoryMiddleware(sotto, options);
  return {
    stats: memory.stats,
    flush: () => memory.flush(),
    consolidator,
    async exchange({ user, session, history, message, answer, signal }) {
      const model = fakeModel().respond(messageOf(answer) as AIMessage);
      const agent = createAgent({ model, tools: [], middleware: [memory] });
      await agent.invoke(
        { messages: [...history, message].map(messageOf) },
        {
          context: { userId: user },
          configurable: { thread_id: session },
          ...(signal === undefined ? {} : { signal }),
        },
      );
      return { shown: model.calls.map(({ messages }) => textOf(messages)).join("\n") };
    },
  };
});

testAdapter("memoryNodes", ({ sotto, ...options }) => {
  const memory = memoryNodes(sotto, options);
  return {
    stats: memory.stats,
    flush: memory.flush,
    consolidator,
    async exchange({ user, session, history, message, answer, signal }) {
      const config = { context: { userId: user }, configurable: { thread_id: session }, signal };
      const messages = [...history, message].map(messageOf);
      const { memory: block } = await memory.recallNode({ messages }, config);
      signal?.throwIfAborted();
      await memory.recordNode({ messages: [...messages, messageOf(answer)] }, config);
      return { shown: `${block}\n${textOf(messages)}` };
    },
  };
});
