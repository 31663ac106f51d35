import type { Prompt, PromptMessage } from "../provider-types.ts";
import { memoryBlock, withoutMemoryBlock } from "../turn/memory-block.ts";
import type { Placement } from "../turn/memory-options.ts";

/** A prompt with a block of recalled text, none for "". The given one is not changed; it holds no block yet. */
export function placeBlock(
  prompt: Prompt,
  block: string,
  { placement, questionAt }: { placement: Placement; questionAt: number },
): Prompt {
  if (block === "") return prompt;
  const marked = memoryBlock(block);
  return placement === "user" ? beforeQuestion(prompt, marked, questionAt) : afterInstructions(prompt, marked);
}

/** A prompt without the blocks that an earlier call put into it. */
export function withoutBlocks(prompt: Prompt): Prompt {
  return prompt.flatMap((message): PromptMessage[] => {
    if (message.role === "system") {
      const content = withoutMemoryBlock(message.content);
      if (content === message.content) return [message];
      return content.trim() === "" ? [] : [{ ...message, content }];
    }
    if (message.role !== "user") return [message];
    const content = message.content.filter((part) => part.type !== "text" || withoutMemoryBlock(part.text) !== "");
    return [content.length === message.content.length || content.length === 0 ? message : { ...message, content }];
  });
}

function afterInstructions(prompt: Prompt, block: string): Prompt {
  const firstOther = prompt.findIndex(({ role }) => role !== "system");
  const end = firstOther === -1 ? prompt.length : firstOther;
  const last = prompt[end - 1];
  // Provider options may mark the instructions as cacheable; what changes from turn to turn is kept out of them.
  if (last?.role !== "system" || last.providerOptions !== undefined) {
    return prompt.toSpliced(end, 0, { role: "system", content: block });
  }
  return prompt.with(end - 1, { ...last, content: `${last.content}\n\n${block}` });
}

/** A part of the question's own message: some providers refuse two messages of the user's in a row. */
function beforeQuestion(prompt: Prompt, block: string, questionAt: number): Prompt {
  const message = prompt[questionAt];
  if (message?.role !== "user") return afterInstructions(prompt, block);
  return prompt.with(questionAt, { ...message, content: [{ type: "text", text: block }, ...message.content] });
}
