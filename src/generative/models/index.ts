export { Autoencoder, type AutoencoderOptions, ConvolutionalAutoencoder } from "./autoencoder.ts";
export { type AncestralOptions, Autoregressive, probabilitiesOf, type Stepwise } from "./autoregressive.ts";
export { BayesNet, type ConditionalProbability } from "./bayesNet.ts";
export { ancestralSampling, type SamplingOptions } from "./ancestralSampling.ts";
export type { LatentVariableModel } from "./latentVariableModel.ts";
export {
  ConvolutionalDecoder,
  ConvolutionalEncoder,
  ConvolutionalVAE,
  type ConvolutionalVAEOptions,
} from "./convolutionalVae.ts";
export { LinearVAE } from "./linearVae.ts";
export { ConditionalMADE, MADE, type MADEOptions } from "./made.ts";
export { naturalOrdering } from "../networks/index.ts";
export { OrderingMixture } from "./orderingMixture.ts";
export { ProbabilisticPCA } from "./probabilisticPca.ts";
export { gridPositions, RNN, type RNNOptions } from "./rnn.ts";
export { Tabular } from "./tabular.ts";
export { BernoulliDecoder, NormalEncoder, VAE, type VAEOptions } from "./vae.ts";
export { CausalModel } from "./causalModel.ts";
export { PixelCNN, type PixelCNNOptions } from "./pixelCnn.ts";
export { ConditionalPixelCNN, GatedPixelCNN, type GatedPixelCNNOptions } from "./gatedPixelCnn.ts";
export { MaskedTransformer, type MaskedTransformerOptions } from "./maskedTransformer.ts";
export { receptiveField, WaveNet, type WaveNetOptions } from "./wavenet.ts";
export { PixelCNNPlusPlus, type PixelCNNPlusPlusOptions } from "./pixelCnnPlusPlus.ts";
export { Hierarchical, type HierarchicalOptions } from "./hierarchical.ts";
export { SuperResolution, type SuperResolutionOptions } from "./superResolution.ts";
export { VQVAE, type VQVAEOptions } from "./vqVae.ts";
