/**
 * Tensors below the network: functions that DJL lacks, TorchScript, safetensors files, gradients,
 * images as tensors.
 */
package io.videottt.model.tensor;
