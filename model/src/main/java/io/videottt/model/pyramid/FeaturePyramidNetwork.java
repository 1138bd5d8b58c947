package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.FeatureMaps;
import io.videottt.model.InputPadding;
import io.videottt.model.Network;
import io.videottt.model.NormObserver;
import io.videottt.model.Parameters;
import io.videottt.model.PixelCrossEntropy;
import io.videottt.model.PixelDistribution;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.tensor.ConstantCache;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The lighter architecture behind the same interface: a hybrid Swin encoder f, a feature pyramid h
 * that classifies every pixel, and the same pyramid with {@value #RECONSTRUCTION_OUTPUTS} outputs
 * as reconstruction decoder g, read as the pixels of 4x4 patches in the channel order (colour, row,
 * column). Semantic segmentation only.
 */
final class FeaturePyramidNetwork implements Network {

  static final String HEAD_PREFIX = "head.";
  static final String RECONSTRUCTION_PREFIX = "reconstruction.";
  static final int PATCH = 4;
  static final int RECONSTRUCTION_OUTPUTS = ImageTensors.COLOURS * PATCH * PATCH;

  private final HybridEncoder encoder;
  private final FeaturePyramid head;
  private final FeaturePyramid reconstruction;
  private final PixelCrossEntropy loss;
  private final boolean fullResolution;
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
    head = new FeaturePyramid(layers, HEAD_PREFIX, groups);
    reconstruction = new FeaturePyramid(layers, RECONSTRUCTION_PREFIX, groups);
    fullResolution =
        configuration.loss().resolution() == FeaturePyramidConfiguration.Resolution.FULL;
    loss =
        new PixelCrossEntropy(
            configuration.numLabels(),
            configuration.loss().classWeights(),
            fullResolution ? 1 : PATCH);
    padding = configuration.padding();
  }

  @Override
  public FeatureMaps encode(NDArray images, NormObserver observer) {
    return encoder.apply(padding.pad(images), observer);
  }

  @Override
  public Prediction predict(FeatureMaps features) {
    return new Prediction.Dense(ChannelsLast.toChannelsFirst(head.apply(features)));
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
    throw new IllegalArgumentException("a feature pyramid predicts pixels, not queries");
  }

  @Override
  public NDArray reconstruct(FeatureMaps features, int height, int width) {
    NDArray patches = reconstruction.apply(features);
    Shape shape = patches.getShape();
    NDArray pixels =
        patches
            .reshape(shape.get(0), shape.get(1), shape.get(2), ImageTensors.COLOURS, PATCH, PATCH)
            .transpose(0, 3, 1, 4, 2, 5)
            .reshape(
                shape.get(0), ImageTensors.COLOURS, PATCH * shape.get(1), PATCH * shape.get(2));
    return ChannelsLast.toChannelsFirst(
        ChannelsLast.cut(ChannelsLast.fromChannelsFirst(pixels), height, width));
  }

  @Override
  public NDArray mainLoss(
      FeatureMaps features,
      List<SegmentationTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    NDArray quarter =
        InputPadding.cutQuarter(ChannelsLast.toChannelsFirst(head.apply(features)), height, width);
    NDArray logits = fullResolution ? enlarge(quarter, height, width) : quarter;
    return loss.of(logits, PixelCrossEntropy.labels(targets), height, width);
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
