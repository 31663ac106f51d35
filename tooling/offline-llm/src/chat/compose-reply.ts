import { asksForRecords, extractToSchema } from "../structured/extract-to-schema.ts";
import { freeJsonObject } from "../structured/json-object.ts";
import { bestPassage } from "../text/best-passage.ts";
import { isQuestion, sentencesOf } from "../text/sentences.ts";
import { onlyTells } from "../text/statements.ts";
import type { ChatRequest, Tool } from "./chat-request.ts";
import { calledSinceUser, rememberTool, searchTools } from "./choose-tools.ts";
import { fillArguments } from "./fill-arguments.ts";
import { passagesOf } from "./passages.ts";
import { ACKNOWLEDGEMENT, GREETING, NOTHING_FOUND, type Reply, say } from "./reply.ts";

const GREETS = /^(hi|hello|hey|good (morning|afternoon|evening|day))\b[\s\p{L}]{0,20}[.!,]*$/iu;

/**
 * The reply to a chat request, by rule: a tool where one is due, otherwise the sentences of the context that overlap
 * most with the question. It depends on nothing but the request.
 */
export function composeReply(request: ChatRequest): Reply {
  const userText = request.messages.findLast((message) => message.role === "user")?.text.trim() ?? "";
  const question = questionIn(userText);
  const calls = toolsDue(request, userText, question);
  if (calls.length > 0) {
    const text = onlyTells(userText) ? userText : question;
    const toolCalls = calls.map(({ name, parameters }) => ({
      name,
      arguments: asksForRecords(parameters)
        ? extractToSchema(parameters, conversationOf(request), text)
        : fillArguments(parameters, text),
    }));
    return { content: null, toolCalls };
  }
  const answer = answerTo(userText, question, request);
  const { responseFormat } = request;
  if (responseFormat.type === "text") return say(answer);
  const conversation = conversationOf(request);
  return say(
    JSON.stringify(
      responseFormat.type === "json_schema"
        ? extractToSchema(responseFormat.schema, conversation, answer)
        : freeJsonObject(conversation, answer),
    ),
  );
}

function toolsDue(request: ChatRequest, userText: string, question: string): Tool[] {
  const { tools, toolChoice } = request;
  if (toolChoice === "none" || tools.length === 0) return [];
  if (typeof toolChoice === "object") return tools.filter((tool) => tool.name === toolChoice.name);
  const due = userText === "" ? [] : toolsWanted(request, userText, question);
  if (due.length > 0 || toolChoice !== "required") return due;
  return tools.slice(0, 1);
}

function toolsWanted(request: ChatRequest, userText: string, question: string): Tool[] {
  const called = calledSinceUser(request);
  if (onlyTells(userText)) {
    const keeper = rememberTool(request.tools);
    return keeper === undefined || called.has(keeper.name) ? [] : [keeper];
  }
  if (GREETS.test(userText)) return [];
  const searches = searchTools(request.tools).filter((tool) => !called.has(tool.name));
  if (request.parallelToolCalls) return called.size === 0 ? searches : [];
  const foundSomething = called.size > 0 && bestPassage(question, passagesOf(request)) !== undefined;
  return foundSomething ? [] : searches.slice(0, 1);
}

function answerTo(userText: string, question: string, request: ChatRequest): string {
  if (userText === "" || GREETS.test(userText)) return GREETING;
  if (onlyTells(userText)) return ACKNOWLEDGEMENT;
  return bestPassage(question, passagesOf(request)) ?? NOTHING_FOUND;
}

/** The sentences that ask, where a message both tells and asks; otherwise the whole message. */
function questionIn(text: string): string {
  const asking = sentencesOf(text).filter(isQuestion);
  return asking.length > 0 ? asking.join(" ") : text;
}

/** What may be extracted from: the user's words, where there are any. Instructions often hold examples. */
function conversationOf({ messages }: ChatRequest): string {
  const spoken = messages.filter((message) => message.role === "user");
  return (spoken.length > 0 ? spoken : messages).map((message) => message.text).join("\n");
}
