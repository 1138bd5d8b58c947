package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Parameters;
import io.videottt.model.tensor.ConstantCache;

/**
 * What is behind the encoder, in h as in g.
 *
 * @param pixelDecoder from the encoder's features to those of pixels
 * @param maskDecoder from those to queries and their masks
 */
record Decoders(PixelDecoder pixelDecoder, MaskDecoder maskDecoder) {

  static Decoders of(
      Mask2FormerConfiguration configuration,
      Parameters parameters,
      String pixelDecoderPrefix,
      String transformerPrefix,
      ConstantCache constants) {
    PixelDecoder pixelDecoder =
        new PixelDecoder(configuration, parameters, pixelDecoderPrefix, constants);
    return new Decoders(
        pixelDecoder,
        new MaskDecoder(
            configuration,
            parameters,
            transformerPrefix,
            pixelDecoder.maskProjection(),
            constants));
  }

  /** The queries behind the last layer and their masks, [B, Q, H/4, W/4]. */
  NDList decode(FeatureMaps features) {
    return maskDecoder.decode(pixelDecoder.decode(features));
  }

  /**
   * The masks read as the pixels of patches, in the order (channel, row, column) of the queries.
   *
   * @return [B, Q / 16, height, width]
   */
  NDArray pixels(FeatureMaps features, int height, int width) {
    NDArray pixels;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      pixels = pixels(decode(features).get(1), height, width);
      NDScope.unregister(pixels);
    }
    NDScope.register(pixels);
    return pixels;
  }

  /** The same of masks that are at hand. */
  static NDArray pixels(NDArray masks, int height, int width) {
    return Mask2FormerFunctions.call(
        masks, "pixels", masks, Mask2FormerConfiguration.RECONSTRUCTION_PATCH, height, width);
  }
}
