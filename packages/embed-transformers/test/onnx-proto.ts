import protobuf from "protobufjs";

/** The part of ONNX's format that a small graph needs; names and field numbers are those of `onnx.proto`. */
const schema = `
  syntax = "proto2";
  message AttributeProto {
    optional string name = 1;
    optional int64 i = 3;
    optional int32 type = 20;
  }
  message NodeProto {
    repeated string input = 1;
    repeated string output = 2;
    optional string op_type = 4;
    repeated AttributeProto attribute = 5;
  }
  message TensorProto {
    repeated int64 dims = 1;
    optional int32 data_type = 2;
    optional string name = 8;
    optional bytes raw_data = 9;
  }
  message TypeProto {
    message Tensor { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
    optional Tensor tensor_type = 1;
  }
  message TensorShapeProto {
    message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }
    repeated Dimension dim = 1;
  }
  message ValueInfoProto { optional string name = 1; optional TypeProto type = 2; }
  message GraphProto {
    repeated NodeProto node = 1;
    optional string name = 2;
    repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11;
    repeated ValueInfoProto output = 12;
  }
  message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
  message ModelProto {
    optional int64 ir_version = 1;
    optional GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8;
  }`;

const ModelProto = protobuf.parse(schema, { keepCase: true }).root.lookupType("ModelProto");

/** The bytes of an ONNX file; throws where `model` is not a ModelProto. */
export function encodeOnnx(model: Record<string, unknown>): Uint8Array {
  const problem = ModelProto.verify(model);
  if (problem !== null) throw new Error(problem);
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}

export const FLOAT = 1;
export const INT64 = 7;

/** A tensor of an input or output; a named dimension is one that each run chooses. */
export function tensorInfo(name: string, elementType: number, shape: readonly (string | number)[]) {
  const dim = shape.map((size) => (typeof size === "string" ? { dim_param: size } : { dim_value: size }));
  return { name, type: { tensor_type: { elem_type: elementType, shape: { dim } } } };
}

export function floats(name: string, dims: readonly number[], values: Float32Array) {
  return {
    name,
    dims,
    data_type: FLOAT,
    raw_data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

export function integers(name: string, values: readonly number[]) {
  const data = BigInt64Array.from(values, BigInt);
  return { name, dims: [values.length], data_type: INT64, raw_data: new Uint8Array(data.buffer) };
}

export function node(
  op_type: string,
  input: readonly string[],
  output: string,
  attributes: Record<string, number> = {},
) {
  const attribute = Object.entries(attributes).map(([name, i]) => ({ name, i, type: 2 }));
  return { op_type, input, output: [output], attribute };
}
