package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.FirstUse;
import io.videottt.model.tensor.Precision;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A network whose functions pass the {@link FirstUse gate} of the process. */
public final class GatedNetwork implements Network {

  private final ModelConfiguration configuration;
  private final Parameters parameters;
  private final Network network;

  /**
   * @param configuration the sizes: networks of equal ones compute the same functions
   * @param parameters what the network computes with; which of them are trained decides what goes
   *     backward
   * @param network computes
   */
  public GatedNetwork(ModelConfiguration configuration, Parameters parameters, Network network) {
    this.configuration = configuration;
    this.parameters = parameters;
    this.network = network;
  }

  /** The network behind the gate. */
  public Network network() {
    return network;
  }

  @Override
  public FeatureMaps encode(NDArray images, NormObserver observer) {
    return run(
        observer == NormObserver.NONE ? "encode" : "encode, observed",
        List.of(images),
        List.of(),
        () -> network.encode(images, observer));
  }

  @Override
  public FeatureMaps encodeForTraining(NDArray images, RandomGenerator random) {
    return run(
        "encode for training",
        List.of(images),
        List.of(),
        () -> network.encodeForTraining(images, random));
  }

  @Override
  public Prediction predict(FeatureMaps features) {
    return run("predict", maps(features), List.of(), () -> network.predict(features));
  }

  @Override
  public NDArray semanticScores(Prediction prediction, int height, int width) {
    return run(
        "semantic scores",
        prediction.tensors(),
        List.of(height, width),
        () -> network.semanticScores(prediction, height, width));
  }

  @Override
  public PixelDistribution distribution(Prediction prediction, int height, int width) {
    return run(
        "distribution",
        prediction.tensors(),
        List.of(height, width),
        () -> network.distribution(prediction, height, width));
  }

  @Override
  public NDArray chroma(Prediction prediction, int height, int width) {
    return run(
        "chroma",
        prediction.tensors(),
        List.of(height, width),
        () -> network.chroma(prediction, height, width));
  }

  @Override
  public NDArray reconstruct(FeatureMaps features, int height, int width) {
    return run(
        "reconstruct",
        maps(features),
        List.of(height, width),
        () -> network.reconstruct(features, height, width));
  }

  @Override
  public NDArray mainLoss(
      FeatureMaps features,
      List<? extends TrainingTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    return run(
        "main loss",
        maps(features),
        List.of(height, width),
        () -> network.mainLoss(features, targets, height, width, random));
  }

  private <T> T run(
      String function, List<NDArray> inputs, List<Integer> sizes, Supplier<T> computation) {
    List<Shape> shapes = inputs.stream().map(NDArray::getShape).toList();
    boolean recorded = JniUtils.isGradMode();
    Object key =
        new Computation(
            configuration,
            function,
            shapes,
            sizes,
            JniUtils.getNumThreads(),
            Precision.current(),
            recorded ? parameters.trained() : Set.of());
    if (recorded) {
      Autograd.recorded(key);
    }
    return FirstUse.ofProcess().run(key, computation);
  }

  /**
   * What the engine's choices depend on.
   *
   * @param trained names of the parameters whose gradients are recorded, empty if none are
   */
  private record Computation(
      ModelConfiguration configuration,
      String function,
      List<Shape> inputs,
      List<Integer> sizes,
      int threads,
      Precision precision,
      Set<String> trained) {}

  private static List<NDArray> maps(FeatureMaps features) {
    return List.of(features.res2(), features.res3(), features.res4(), features.res5());
  }
}
