package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import io.videottt.model.FeatureMaps;
import io.videottt.model.InputPadding;
import io.videottt.model.NamedWeights;
import io.videottt.model.Parameters;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.TrainingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Mask2Former's own head: queries with a class and a mask each. */
final class MaskQueries implements QueryHead {

  private final Decoders decoders;
  private final List<NDArray> classPredictor;
  private final Mask2FormerLoss loss;
  private final InputPadding padding;

  MaskQueries(Mask2FormerConfiguration configuration, Parameters parameters, Decoders decoders) {
    this.decoders = decoders;
    classPredictor =
        new NamedWeights(parameters, "").pairs(Mask2FormerArchitecture.CLASS_PREDICTOR);
    loss = new Mask2FormerLoss(configuration.classCount(), configuration.loss());
    padding = configuration.padding();
  }

  @Override
  public Prediction.Queries predict(FeatureMaps features) {
    NDList prediction;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList decoded = decoders.decode(features);
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
        decoders.maskDecoder().decodeAll(decoders.pixelDecoder().decode(features))) {
      predictions.add(new Prediction.Queries(classLogits(decoded.get(0)), decoded.get(1)));
    }
    return predictions;
  }

  private NDArray classLogits(NDArray queries) {
    List<NDArray> norm = decoders.maskDecoder().norm();
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
  public NDArray loss(
      FeatureMaps features,
      List<? extends TrainingTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    int rows = padding.side(height);
    int columns = padding.side(width);
    List<SegmentationTarget> padded =
        SegmentationTarget.all(targets).stream()
            .map(target -> target.padded(height, width, rows, columns))
            .toList();
    return loss.of(predictAll(features), padded, rows, columns, random);
  }
}
