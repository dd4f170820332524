export { Dense } from "./dense.ts";
export { disposeParameters, namedParts, type Parameters } from "./parameters.ts";
export { type Activation, Perceptron, relu, tanh } from "./perceptron.ts";
