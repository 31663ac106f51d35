import type { Role } from "@sotto/core";

/** Asked of both indexes; a document of `expected` must be among the best five. */
export const questions: readonly { question: string; expected: readonly string[] }[] = [
  { question: "Within how many days can I return a router that I bought?", expected: ["returns.md"] },
  { question: "What does error E207 mean?", expected: ["router-lights.md"] },
  { question: "How much is the SM-702?", expected: ["wifi-help.md"] },
  { question: "Do I get money when my internet is down for days?", expected: ["outages.md"] },
  { question: "Nobody came to the appointment, what am I owed?", expected: ["technician-visits.md"] },
  { question: "What does 1000 Mbit fibre cost a month?", expected: ["broadband-plans.md"] },
  { question: "Can I use my phone in Switzerland?", expected: ["roaming.md"] },
  { question: "um so yeah I lost my phone, how do I block the SIM card? thanks", expected: ["account-security.md"] },
  { question: "Can I pay what I owe in instalments?", expected: ["billing.md"] },
  { question: "How many hours can I record on the TV box?", expected: ["television.md"] },
  { question: "Is there support in sign language?", expected: ["accessibility-and-help.md"] },
  { question: "mint short-lived LiveKit participant tokens", expected: ["packages/voice-server/README.md"] },
  { question: "LangGraph checkpointer and chat message history", expected: ["packages/langchain/README.md"] },
];

/** The caller of both calls. */
export const caller = { id: "maria", name: "Maria Okafor" };

/** What is said in the first call. What the technician needs to know stands in no document. */
export const firstCall: readonly { role: Role; text: string }[] = [
  { role: "user", text: "Hi, this is Maria. Since we moved, the Skylark router shows E207 and there is no internet." },
  {
    role: "assistant",
    text: "Sorry about that, Maria. E207 means that the login was refused. I am resetting it with your serial number.",
  },
  { role: "user", text: "It still does not work. And I need it for my translation work on Monday." },
  { role: "assistant", text: "Then a technician should look at it. I have Friday between 14 and 16 o'clock." },
  { role: "user", text: "Friday is fine. The doorbell is broken, so please use the side gate: its code is 4471." },
  {
    role: "assistant",
    text: "Noted: the side gate with the code 4471, because the doorbell is broken. The technician comes on Friday.",
  },
];

/** Asked later in the same call: only the call itself can answer it. */
export const askedInTheCall = { question: "What was the gate code again?", answer: "4471" };

/** Asked in the second call: only the memory of the first can answer it. */
export const askedInTheSecondCall: readonly { question: string; answer: string }[] = [
  { question: "Does the technician have the code of my gate?", answer: "4471" },
  { question: "Which error did my router show?", answer: "E207" },
  { question: "What do I need the internet for on Monday?", answer: "translation" },
];
