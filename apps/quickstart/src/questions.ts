export interface Question {
  question: string;
  /** Ids of documents that answer it; one of them must be among the hits. */
  expected: readonly string[];
}

/** Asked of all indexes at once; the first one again in the second process. */
export const questions: readonly Question[] = [
  { question: "Within how many days can I return a router that I bought?", expected: ["returns.md"] },
  { question: "What does error E207 mean?", expected: ["router-lights.md"] },
  { question: "How much is the SM-702?", expected: ["wifi-help.md"] },
  { question: "Do I get money when my internet is down for days?", expected: ["outages.md"] },
  { question: "Nobody came to the appointment, what am I owed?", expected: ["technician-visits.md"] },
  { question: "What does 1000 Mbit fibre cost a month?", expected: ["broadband-plans.md"] },
  { question: "Can I use my phone in Switzerland?", expected: ["roaming.md"] },
  { question: "I lost my phone, how do I block the SIM card?", expected: ["account-security.md"] },
  { question: "Can I pay what I owe in instalments?", expected: ["billing.md"] },
  { question: "How many hours can I record on the TV box?", expected: ["television.md"] },
  { question: "Is there support in sign language?", expected: ["accessibility-and-help.md"] },
  { question: "How do I parse command line options in Node with subcommands?", expected: ["commander/Readme.md"] },
  { question: "colour terminal output with picocolors", expected: ["picocolors/README.md"] },
  { question: "filter filenames according to .gitignore rules", expected: ["ignore/README.md"] },
  { question: "draw a progress bar in the terminal with ETA", expected: ["cli-progress/README.md"] },
  { question: "compare semantic version ranges", expected: ["semver/README.md"] },
];
