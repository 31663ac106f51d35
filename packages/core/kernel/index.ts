// The search kernel, in AssemblyScript. `src/engine/kernel/kernel.ts` says what each function does; all pointers are
// byte offsets into the imported memory. Built by `scripts/build-kernel.mjs`.
export { scoreInt8 } from "./int8";
export { maxSim } from "./max-sim";
export { addPostings } from "./postings";
export { shortlistBegin, shortlistEnd, shortlistScan } from "./shortlist";
export { topScores } from "./top";
