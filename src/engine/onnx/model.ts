import { PbfWriter } from "pbf";
import { type Attribute, type DataType, entriesOf, type Value } from "./graph.ts";

/** A graph as onnxruntime reads it. */
export interface Model {
  bytes: Uint8Array;
  /** The inputs that the outputs depend on. */
  inputs: readonly Value[];
  /** The name under which each output is fetched, in the order given. */
  outputs: readonly string[];
}

/** The name of a value in the model. */
export const nameOf = (value: Value): string => `v${value.id}`;

/**
 * The live values as an ONNX model: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 *
 * The format is Protocol Buffers; the numbers below are the field numbers of that file, each beside its name.
 */
export function writeModel(live: readonly Value[], outputs: readonly Value[]): Model {
  const inputs = live.filter(value => value.operator === "Input");
  const constants = live.filter(value => value.operator === "Constant");
  const nodes = live.filter(value => value.operator !== "Input" && value.operator !== "Constant").flatMap(nodesOf);
  const names = new Set<string>();
  const outputNames = outputs.map((value, i) => {
    // A value that no node makes, or that is fetched twice, goes out through a node of its own.
    if (value.inputs.length > 0 && !names.has(nameOf(value))) {
      names.add(nameOf(value));
      return nameOf(value);
    }
    const name = `${nameOf(value)}_${i}`;
    nodes.push({ operator: "Identity", inputs: [nameOf(value)], output: name, attributes: {} });
    return name;
  });

  const writer = new PbfWriter();
  writer.writeVarintField(1, IR_VERSION); // ir_version
  writer.writeMessage(7, writeGraph, { nodes, constants, inputs, outputs, outputNames }); // graph
  writer.writeMessage(8, (version: number, to) => to.writeVarintField(2, version), OPERATORS_VERSION); // opset_import
  return { bytes: writer.finish(), inputs, outputs: outputNames };
}

const IR_VERSION = 8;
const OPERATORS_VERSION = 17;

interface Node {
  operator: string;
  inputs: readonly string[];
  output: string;
  /** Outputs before that one, which nobody reads. */
  unread?: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

function nodesOf(value: Value): Node[] {
  const [operator = "", place = "0"] = value.operator.split(":");
  const node: Node = {
    operator,
    inputs: value.inputs.map(nameOf),
    output: nameOf(value),
    unread: Array.from({ length: Number(place) }, (_, i) => `${nameOf(value)}_${operator}${i}`),
    attributes: value.operator === "Cast" ? { to: typeNumber[value.dtype] } : value.attributes,
  };
  if (value.operator !== "NotEqual") return [node];
  const equal = `${node.output}_equal`;
  return [
    { ...node, operator: "Equal", output: equal },
    { ...node, operator: "Not", inputs: [equal] },
  ];
}

interface GraphParts {
  nodes: readonly Node[];
  constants: readonly Value[];
  inputs: readonly Value[];
  outputs: readonly Value[];
  outputNames: readonly string[];
}

function writeGraph({ nodes, constants, inputs, outputs, outputNames }: GraphParts, to: PbfWriter): void {
  for (const node of nodes) to.writeMessage(1, writeNode, node); // node
  to.writeStringField(2, "step"); // name
  for (const constant of constants) to.writeMessage(5, writeConstant, constant); // initializer
  for (const value of inputs) to.writeMessage(11, writeTyped, { name: nameOf(value), value }); // input
  outputs.forEach((value, i) => {
    to.writeMessage(12, writeTyped, { name: outputNames[i] as string, value }); // output
  });
}

function writeNode(node: Node, to: PbfWriter): void {
  for (const input of node.inputs) to.writeStringField(1, input); // input
  for (const output of [...(node.unread ?? []), node.output]) to.writeStringField(2, output); // output
  to.writeStringField(3, node.output); // name
  to.writeStringField(4, node.operator); // op_type
  for (const attribute of Object.entries(node.attributes)) to.writeMessage(5, writeAttribute, attribute); // attribute
}

function writeAttribute([name, value]: [string, Attribute], to: PbfWriter): void {
  to.writeStringField(1, name); // name
  if (typeof value === "string") {
    to.writeStringField(4, value); // s
    to.writeVarintField(20, 3); // type STRING
  } else if (typeof value === "number") {
    to.writeVarintField(3, value); // i
    to.writeVarintField(20, 2); // type INT
  } else if ("float" in value) {
    to.writeFloatField(2, value.float); // f
    to.writeVarintField(20, 1); // type FLOAT
  } else {
    for (const integer of value) to.writeVarintField(8, integer); // ints
    to.writeVarintField(20, 7); // type INTS
  }
}

function writeConstant(value: Value, to: PbfWriter): void {
  const { buffer, byteOffset, byteLength } = entriesOf(value);
  for (const length of value.shape) to.writeVarintField(1, length); // dims
  to.writeVarintField(2, typeNumber[value.dtype]); // data_type
  to.writeStringField(8, nameOf(value)); // name
  to.writeBytesField(9, new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)); // raw_data
}

function writeTyped({ name, value }: { name: string; value: Value }, to: PbfWriter): void {
  to.writeStringField(1, name); // name
  to.writeMessage(2, writeType, value); // type
}

function writeType(value: Value, to: PbfWriter): void {
  to.writeMessage(1, writeTensorType, value); // tensor_type
}

function writeTensorType(value: Value, to: PbfWriter): void {
  to.writeVarintField(1, typeNumber[value.dtype]); // elem_type
  to.writeMessage(2, writeShape, value.shape); // shape
}

function writeShape(shape: readonly number[], to: PbfWriter): void {
  for (const length of shape) to.writeMessage(1, writeDimension, length); // dim
}

function writeDimension(length: number, to: PbfWriter): void {
  to.writeVarintField(1, length); // dim_value
}

/** TensorProto.DataType */
const typeNumber: Readonly<Record<DataType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };
