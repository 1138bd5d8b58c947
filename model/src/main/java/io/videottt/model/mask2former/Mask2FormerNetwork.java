package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.model.FeatureMaps;
import io.videottt.model.InputPadding;
import io.videottt.model.NamedWeights;
import io.videottt.model.Network;
import io.videottt.model.NormObserver;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.PixelDistribution;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.swin.Swin;
import io.videottt.model.tensor.ConstantCache;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Mask2Former as the Y-shaped network: f is its backbone, h and g two copies of the rest. */
final class Mask2FormerNetwork implements Network {

  private final Swin encoder;
  private final Head mainHead;
  private final List<NDArray> classPredictor;
  private final Head reconstruction;
  private final Mask2FormerLoss loss;
  private final InputPadding padding;

  private record Head(PixelDecoder pixelDecoder, MaskDecoder maskDecoder) {}

  /**
   * @param parameters of f and h, and of g where there is one
   * @param manager owner of the cached constants
   */
  Mask2FormerNetwork(
      Mask2FormerConfiguration configuration, Parameters parameters, NDManager manager) {
    ConstantCache constants = new ConstantCache(manager);
    encoder =
        new Swin(configuration.backbone(), parameters, Mask2FormerArchitecture.ENCODER, constants);
    mainHead =
        head(
            configuration,
            parameters,
            Mask2FormerArchitecture.PIXEL_DECODER,
            Mask2FormerArchitecture.TRANSFORMER,
            constants);
    classPredictor =
        new NamedWeights(parameters, "").pairs(Mask2FormerArchitecture.CLASS_PREDICTOR);
    reconstruction =
        parameters.select(Part.RECONSTRUCTION).isEmpty()
            ? null
            : head(
                configuration,
                parameters,
                Mask2FormerArchitecture.RECONSTRUCTION_PIXEL_DECODER,
                Mask2FormerArchitecture.RECONSTRUCTION_TRANSFORMER,
                constants);
    loss = new Mask2FormerLoss(configuration.classCount(), configuration.loss());
    padding = configuration.padding();
  }

  private static Head head(
      Mask2FormerConfiguration configuration,
      Parameters parameters,
      String pixelDecoderPrefix,
      String transformerPrefix,
      ConstantCache constants) {
    PixelDecoder pixelDecoder =
        new PixelDecoder(configuration, parameters, pixelDecoderPrefix, constants);
    return new Head(
        pixelDecoder,
        new MaskDecoder(
            configuration,
            parameters,
            transformerPrefix,
            pixelDecoder.maskProjection(),
            constants));
  }

  @Override
  public FeatureMaps encode(NDArray images, NormObserver observer) {
    return encoder.encode(padding.pad(images), observer);
  }

  @Override
  public FeatureMaps encodeForTraining(NDArray images, RandomGenerator random) {
    return encoder.encodeForTraining(padding.pad(images), random);
  }

  @Override
  public Prediction.Queries predict(FeatureMaps features) {
    NDList prediction;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList decoded = mainHead.maskDecoder().decode(mainHead.pixelDecoder().decode(features));
      prediction = new NDList(classLogits(decoded.get(0)), decoded.get(1));
      NDScope.unregister(prediction);
    }
    prediction.forEach(NDScope::register);
    return new Prediction.Queries(prediction.get(0), prediction.get(1));
  }

  /**
   * h with deep supervision: what the head predicts before the first and after every decoder layer.
   *
   * @return in the order of the layers, the last one as {@link #predict} gives it
   */
  List<Prediction.Queries> predictAll(FeatureMaps features) {
    List<Prediction.Queries> predictions = new ArrayList<>();
    for (NDList decoded :
        mainHead.maskDecoder().decodeAll(mainHead.pixelDecoder().decode(features))) {
      predictions.add(new Prediction.Queries(classLogits(decoded.get(0)), decoded.get(1)));
    }
    return predictions;
  }

  private NDArray classLogits(NDArray queries) {
    List<NDArray> norm = mainHead.maskDecoder().norm();
    return Mask2FormerFunctions.call(
        queries,
        "classes",
        queries,
        norm.get(0),
        norm.get(1),
        classPredictor.get(0),
        classPredictor.get(1));
  }

  @Override
  public NDArray semanticScores(Prediction prediction, int height, int width) {
    Prediction.Queries queries = queries(prediction);
    return Mask2FormerFunctions.call(
        queries.maskLogits(),
        "semantic_scores",
        queries.classLogits(),
        queries.maskLogits(),
        Mask2FormerConfiguration.RECONSTRUCTION_PATCH,
        height,
        width);
  }

  @Override
  public PixelDistribution distribution(Prediction prediction, int height, int width) {
    Prediction.Queries queries = queries(prediction);
    NDArray masks = InputPadding.cutQuarter(queries.maskLogits(), height, width);
    return new PixelDistribution(
        Mask2FormerFunctions.call(masks, "log_distribution", queries.classLogits(), masks));
  }

  private static Prediction.Queries queries(Prediction prediction) {
    if (prediction instanceof Prediction.Queries queries) {
      return queries;
    }
    throw new IllegalArgumentException("Mask2Former predicts queries, not " + prediction);
  }

  @Override
  public NDArray reconstruct(FeatureMaps features, int height, int width) {
    if (reconstruction == null) {
      throw new IllegalStateException("the model has no reconstruction decoder");
    }
    NDArray pixels;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray masks =
          reconstruction
              .maskDecoder()
              .decode(reconstruction.pixelDecoder().decode(features))
              .get(1);
      pixels =
          Mask2FormerFunctions.call(
              masks, "pixels", masks, Mask2FormerConfiguration.RECONSTRUCTION_PATCH, height, width);
      NDScope.unregister(pixels);
    }
    NDScope.register(pixels);
    return pixels;
  }

  @Override
  public NDArray mainLoss(
      FeatureMaps features,
      List<SegmentationTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    int rows = padding.side(height);
    int columns = padding.side(width);
    List<SegmentationTarget> padded =
        targets.stream().map(target -> target.padded(height, width, rows, columns)).toList();
    return loss.of(predictAll(features), padded, rows, columns, random);
  }
}
