// The network's arithmetic, in AssemblyScript. `src/network/kernel.ts` says what each function does; all pointers are
// byte offsets into the imported memory. Built by `scripts/build-kernel.mjs`.
export { product } from "./product";
export { addBias, addResidual, dequantise, normalise, quantise, sumRows } from "./rows";
