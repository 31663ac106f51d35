const { TestEnvironment } = require("jest-environment-node");

const typedArrays = [
  "Float16Array",
  "Float32Array",
  "Float64Array",
  "Int8Array",
  "Int16Array",
  "Int32Array",
  "Uint16Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
];

/**
 * jest runs tests in a realm of its own, and native add-ons check their arguments against the constructors
 * of the host's realm: a Float32Array made by a test is refused by onnxruntime-node. So tests share the host's.
 */
class SharedTypedArraysEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of typedArrays) {
      if (globalThis[name] !== undefined) this.global[name] = globalThis[name];
    }
  }
}

module.exports = SharedTypedArraysEnvironment;
