package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.PixelCrossEntropy;
import io.videottt.model.PointSampling;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.TargetSegment;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.TensorFunctions;
import io.videottt.model.tensor.Transfers;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * l_m of Mask2Former (Cheng et al., 2022, Section 3.3): every decoder layer's prediction is matched
 * with the segments and pays for its classes by cross-entropy, for its matched masks by binary
 * cross-entropy and dice on points drawn mostly where the masks are uncertain.
 */
final class Mask2FormerLoss {

  /** Rows and columns of the image that a row and a column of the masks stand for. */
  private static final int STRIDE = 4;

  private static final long NOTHING_IGNORED = -100;

  private final int classes;
  private final Mask2FormerConfiguration.Loss settings;
  private final SegmentMatcher matcher;
  private final PixelCrossEntropy pixelLoss;

  /**
   * @param classes number of classes K
   * @param settings weights and numbers of points
   */
  Mask2FormerLoss(int classes, Mask2FormerConfiguration.Loss settings) {
    this.classes = classes;
    this.settings = settings;
    matcher = new SegmentMatcher(settings);
    pixelLoss = new PixelCrossEntropy(classes, settings.extras().classWeights(), STRIDE);
  }

  /**
   * The loss of a batch, with the cross-entropy of pixels where the configuration asks for it.
   *
   * @param layers predictions of the decoder's layers
   * @param targets one per image
   * @param height rows of the targets
   * @param width columns of the targets
   * @param random source of the points
   * @return scalar
   */
  NDArray of(
      List<Prediction.Queries> layers,
      List<SegmentationTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    NDArray total = of(layers, targets.stream().map(SegmentationTarget::segments).toList(), random);
    double weight = settings.extras().pixelCrossEntropyWeight();
    if (weight > 0) {
      List<byte[]> labels = PixelCrossEntropy.labels(targets);
      for (Prediction.Queries layer : layers) {
        NDArray logits = MaskLossFunctions.logMixture(layer);
        NDArray pixels = pixelLoss.of(logits, labels, height, width);
        total = total.add(TensorFunctions.scale(pixels, weight));
      }
    }
    return total;
  }

  /**
   * The loss of a batch.
   *
   * @param layers predictions of the decoder's layers
   * @param segments of each image
   * @param random source of the points
   * @return scalar, the sum over the layers
   */
  NDArray of(
      List<Prediction.Queries> layers, List<List<TargetSegment>> segments, RandomGenerator random) {
    NDArray total = null;
    for (Prediction.Queries layer : layers) {
      NDArray loss = ofLayer(layer, segments, random);
      total = total == null ? loss : total.add(loss);
    }
    return total;
  }

  private NDArray ofLayer(
      Prediction.Queries prediction, List<List<TargetSegment>> segments, RandomGenerator random) {
    List<SegmentMatcher.Match> matches = matcher.match(prediction, segments, random);
    NDArray loss =
        TensorFunctions.scale(classLoss(prediction.classLogits(), matches), settings.classWeight());
    if (matches.isEmpty()) {
      return loss;
    }
    // As published: divided by the number of segments in the batch, matched or not.
    double masks = segments.stream().mapToInt(List::size).sum();
    NDArray maps = matchedMaps(prediction.maskLogits(), matches);
    float[] points = lossPoints(maps, random);
    NDArray logits = PointSampling.sample(maps, points).reshape(matches.size(), -1);
    NDArray targets = targets(maps.getManager(), matches, points);
    NDArray crossEntropy = MaskLossFunctions.binaryCrossEntropy(logits, targets, masks);
    NDArray dice = MaskLossFunctions.dice(logits, targets, masks);
    return loss.add(TensorFunctions.scale(crossEntropy, settings.maskWeight()))
        .add(TensorFunctions.scale(dice, settings.diceWeight()));
  }

  /** Cross-entropy over all queries; those without a segment shall say "no object". */
  private NDArray classLoss(NDArray logits, List<SegmentMatcher.Match> matches) {
    long queries = logits.getShape().get(1);
    long[] targets = new long[(int) (logits.getShape().get(0) * queries)];
    Arrays.fill(targets, classes);
    for (SegmentMatcher.Match match : matches) {
      targets[(int) (match.image() * queries + match.query())] = match.segment().label();
    }
    float[] weights = new float[classes + 1];
    List<Double> classWeights = settings.extras().classWeights();
    for (int label = 0; label < classes; label++) {
      weights[label] = classWeights.isEmpty() ? 1 : classWeights.get(label).floatValue();
    }
    weights[classes] = (float) settings.noObjectWeight();
    NDManager manager = logits.getManager();
    return TensorFunctions.crossEntropy(
        logits.reshape(-1, classes + 1),
        NativeArrays.of(manager, targets, new Shape(targets.length)),
        NativeArrays.of(manager, weights, new Shape(weights.length)),
        NOTHING_IGNORED);
  }

  private static NDArray matchedMaps(NDArray maskLogits, List<SegmentMatcher.Match> matches) {
    long queries = maskLogits.getShape().get(1);
    long[] indices =
        matches.stream().mapToLong(match -> match.image() * queries + match.query()).toArray();
    return MaskLossFunctions.select(
        maskLogits, NativeArrays.of(maskLogits.getManager(), indices, new Shape(indices.length)));
  }

  /**
   * Every mask's points: the least certain of many candidates, and some drawn uniformly.
   *
   * @param maps [N, 1, h, w]
   * @return [N * P * 2]
   */
  private float[] lossPoints(NDArray maps, RandomGenerator random) {
    int masks = (int) maps.getShape().get(0);
    int count = settings.points();
    int candidates = (int) (count * settings.oversampleRatio());
    int uncertain = (int) (count * settings.importanceSampleRatio());
    float[] drawn = PointSampling.uniform(random, masks * candidates);
    float[] points = new float[masks * count * 2];
    if (uncertain > 0) {
      long[] chosen =
          Autograd.withoutGradient(
              () -> {
                NDArray logits = PointSampling.sample(maps, drawn).reshape(masks, candidates);
                return Transfers.longs(MaskLossFunctions.leastCertain(logits, uncertain));
              });
      for (int mask = 0; mask < masks; mask++) {
        for (int point = 0; point < uncertain; point++) {
          int source = mask * candidates + (int) chosen[mask * uncertain + point];
          int target = mask * count + point;
          points[2 * target] = drawn[2 * source];
          points[2 * target + 1] = drawn[2 * source + 1];
        }
      }
    }
    for (int mask = 0; mask < masks; mask++) {
      for (int value = 2 * uncertain; value < 2 * count; value++) {
        points[mask * count * 2 + value] = random.nextFloat();
      }
    }
    return points;
  }

  private NDArray targets(NDManager manager, List<SegmentMatcher.Match> matches, float[] points) {
    int count = settings.points();
    float[] values = new float[matches.size() * count];
    for (int mask = 0; mask < matches.size(); mask++) {
      PointSampling.sample(
          matches.get(mask).segment(), points, mask * count, count, values, mask * count);
    }
    return NativeArrays.of(manager, values, new Shape(matches.size(), count));
  }
}
