package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.ChromaLoss;
import io.videottt.model.FeatureMaps;
import io.videottt.model.InputPadding;
import io.videottt.model.Network;
import io.videottt.model.NormObserver;
import io.videottt.model.Parameters;
import io.videottt.model.PixelDistribution;
import io.videottt.model.Prediction;
import io.videottt.model.TrainingTarget;
import io.videottt.model.tensor.ConstantCache;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The lighter architecture behind the same interface: a hybrid Swin encoder f, a feature pyramid h
 * that classifies every pixel or says its chroma, and the same pyramid with {@value
 * #RECONSTRUCTION_OUTPUTS} outputs as reconstruction decoder g, read as the pixels of 4x4 patches
 * in the channel order (colour, row, column). Semantic segmentation and colorization only.
 */
final class FeaturePyramidNetwork implements Network {

  static final String HEAD_PREFIX = "head.";
  static final String RECONSTRUCTION_PREFIX = "reconstruction.";
  static final int PATCH = 4;
  static final int RECONSTRUCTION_OUTPUTS = ImageTensors.COLOURS * PATCH * PATCH;

  private final HybridEncoder encoder;
  private final PyramidHead head;
  private final FeaturePyramid reconstruction;
  private final InputPadding padding;

  /**
   * @param configuration the sizes
   * @param parameters named as {@link FeaturePyramidArchitecture} says; those of the reconstruction
   *     decoder may be missing as long as {@link #reconstruct} is not called
   * @param manager owner of what the network caches
   */
  FeaturePyramidNetwork(
      FeaturePyramidConfiguration configuration, Parameters parameters, NDManager manager) {
    ChannelsLast layers = new ChannelsLast(parameters);
    int groups = configuration.pyramid().groups();
    encoder =
        new HybridEncoder(parameters, layers, configuration.encoder(), new ConstantCache(manager));
    head = PyramidHead.of(configuration, new FeaturePyramid(layers, HEAD_PREFIX, groups));
    reconstruction = new FeaturePyramid(layers, RECONSTRUCTION_PREFIX, groups);
    padding = configuration.padding();
  }

  @Override
  public FeatureMaps encode(NDArray images, NormObserver observer) {
    return encoder.apply(padding.pad(images), observer);
  }

  @Override
  public Prediction predict(FeatureMaps features) {
    return head.predict(features);
  }

  @Override
  public NDArray semanticScores(Prediction prediction, int height, int width) {
    return enlarge(dense(prediction).logits(), height, width);
  }

  @Override
  public PixelDistribution distribution(Prediction prediction, int height, int width) {
    NDArray logits = InputPadding.cutQuarter(dense(prediction).logits(), height, width);
    return new PixelDistribution(TensorFunctions.call(logits.getManager(), "log_softmax", logits));
  }

  private static Prediction.Dense dense(Prediction prediction) {
    if (prediction instanceof Prediction.Dense dense) {
      return dense;
    }
    throw new IllegalArgumentException("no classes of pixels are predicted: " + prediction);
  }

  @Override
  public NDArray chroma(Prediction prediction, int height, int width) {
    if (prediction instanceof Prediction.Chroma chroma) {
      return ChromaLoss.chroma(ChromaPyramid.pixels(chroma, height, width));
    }
    throw new IllegalArgumentException("no chroma is predicted: " + prediction);
  }

  @Override
  public NDArray reconstruct(FeatureMaps features, int height, int width) {
    return pixels(reconstruction.apply(features), ImageTensors.COLOURS, height, width);
  }

  /**
   * Patches read as the pixels of an image.
   *
   * @param patches [B, h, w, channels * 16] in the channel order (channel, row, column)
   * @param channels of the image
   * @return [B, channels, height, width]
   */
  static NDArray pixels(NDArray patches, int channels, int height, int width) {
    Shape shape = patches.getShape();
    NDArray pixels =
        patches
            .reshape(shape.get(0), shape.get(1), shape.get(2), channels, PATCH, PATCH)
            .transpose(0, 3, 1, 4, 2, 5)
            .reshape(shape.get(0), channels, PATCH * shape.get(1), PATCH * shape.get(2));
    return ChannelsLast.toChannelsFirst(
        ChannelsLast.cut(ChannelsLast.fromChannelsFirst(pixels), height, width));
  }

  @Override
  public NDArray mainLoss(
      FeatureMaps features,
      List<? extends TrainingTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    return head.loss(features, targets, height, width);
  }

  /** Logits at the image's resolution; what lies beyond its edges is cut. */
  static NDArray enlarge(NDArray logits, int height, int width) {
    Shape shape = logits.getShape();
    NDArray enlarged =
        TensorFunctions.resizeBilinear(logits, PATCH * shape.get(2), PATCH * shape.get(3));
    return ChannelsLast.toChannelsFirst(
        ChannelsLast.cut(ChannelsLast.fromChannelsFirst(enlarged), height, width));
  }
}
