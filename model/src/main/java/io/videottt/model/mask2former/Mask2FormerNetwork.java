package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.videottt.model.ChromaLoss;
import io.videottt.model.FeatureMaps;
import io.videottt.model.InputPadding;
import io.videottt.model.Network;
import io.videottt.model.NormObserver;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.PixelDistribution;
import io.videottt.model.Prediction;
import io.videottt.model.TrainingTarget;
import io.videottt.model.swin.Swin;
import io.videottt.model.tensor.ConstantCache;
import java.util.List;
import java.util.random.RandomGenerator;

/** Mask2Former as the Y-shaped network: f is its backbone, h and g two copies of the rest. */
final class Mask2FormerNetwork implements Network {

  private final Swin encoder;
  private final QueryHead head;
  private final Decoders reconstruction;
  private final InputPadding padding;

  /**
   * @param parameters of f and h, and of g where there is one
   * @param manager owner of the cached constants
   */
  Mask2FormerNetwork(
      Mask2FormerConfiguration configuration, Parameters parameters, NDManager manager) {
    ConstantCache constants = new ConstantCache(manager);
    encoder =
        new Swin(configuration.backbone(), parameters, Mask2FormerArchitecture.ENCODER, constants);
    Decoders main =
        Decoders.of(
            configuration,
            parameters,
            Mask2FormerArchitecture.PIXEL_DECODER,
            Mask2FormerArchitecture.TRANSFORMER,
            constants);
    head =
        switch (configuration.outputSpace()) {
          case CLASSES -> new MaskQueries(configuration, parameters, main);
          case CHROMA -> new ChromaQueries(main);
        };
    reconstruction =
        parameters.select(Part.RECONSTRUCTION).isEmpty()
            ? null
            : Decoders.of(
                configuration,
                parameters,
                Mask2FormerArchitecture.RECONSTRUCTION_PIXEL_DECODER,
                Mask2FormerArchitecture.RECONSTRUCTION_TRANSFORMER,
                constants);
    padding = configuration.padding();
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
  public Prediction predict(FeatureMaps features) {
    return head.predict(features);
  }

  /**
   * h with deep supervision, of a network of classes: {@link MaskQueries#predictAll}.
   *
   * @return in the order of the layers, the last one as {@link #predict} gives it
   */
  List<Prediction.Queries> predictAll(FeatureMaps features) {
    return ((MaskQueries) head).predictAll(features);
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
    throw new IllegalArgumentException("no queries with classes are predicted: " + prediction);
  }

  @Override
  public NDArray chroma(Prediction prediction, int height, int width) {
    if (prediction instanceof Prediction.Chroma chroma) {
      return ChromaLoss.chroma(Decoders.pixels(chroma.patches(), height, width));
    }
    throw new IllegalArgumentException("no chroma is predicted: " + prediction);
  }

  @Override
  public NDArray reconstruct(FeatureMaps features, int height, int width) {
    if (reconstruction == null) {
      throw new IllegalStateException("the model has no reconstruction decoder");
    }
    return reconstruction.pixels(features, height, width);
  }

  @Override
  public NDArray mainLoss(
      FeatureMaps features,
      List<? extends TrainingTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    return head.loss(features, targets, height, width, random);
  }
}
