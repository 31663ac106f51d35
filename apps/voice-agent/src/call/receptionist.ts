import { type Memory, MemoryAgent } from "@sotto/livekit";

const INSTRUCTIONS = `You answer the phone of Larkfield, a provider of internet, television and mobile phones.
Speak in one to three short sentences, without lists or markup: your words are read aloud.
Answer from what is known about the caller and from the knowledge base, which come with each message. If they do not say, tell the caller that you do not know.`;

/** The voice of the sample: answers from the knowledge base, and knows callers again. */
export class Receptionist extends MemoryAgent {
  constructor(memory: Memory) {
    super({ instructions: INSTRUCTIONS, memory });
  }

  override async onEnter(): Promise<void> {
    const known = await this.greetingContext();
    this.session.generateReply({
      instructions:
        known === ""
          ? "Greet the caller and ask how you can help."
          : `Greet the caller as someone you know, in one sentence. Do not tell what you know unless it helps.\n\n${known}`,
    });
  }
}
