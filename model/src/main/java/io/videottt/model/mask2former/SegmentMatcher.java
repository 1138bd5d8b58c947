package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.PointSampling;
import io.videottt.model.Prediction;
import io.videottt.model.TargetSegment;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Decides which query shall predict which segment: by the cheapest assignment on sampled points
 * (Mask2Former, Section 3.3.1), apart from classes that have a query of their own.
 */
final class SegmentMatcher {

  private final Mask2FormerConfiguration.Loss settings;

  SegmentMatcher(Mask2FormerConfiguration.Loss settings) {
    this.settings = settings;
  }

  /** A segment of an image and the query that shall predict it. */
  record Match(int image, int query, TargetSegment segment) {}

  /**
   * Matches the segments of a batch; each query gets at most one. Where an image has more segments
   * than there are queries, the ones that fit least stay without.
   *
   * @param prediction of the batch; no gradient is taken through the matching
   * @param segments of each image
   * @param random source of the points, the same ones for all masks of an image
   */
  List<Match> match(
      Prediction.Queries prediction, List<List<TargetSegment>> segments, RandomGenerator random) {
    List<Integer> ownQuery = settings.extras().perClassQueries();
    List<List<Match>> matches = new ArrayList<>();
    List<List<TargetSegment>> others = new ArrayList<>();
    for (int image = 0; image < segments.size(); image++) {
      List<TargetSegment> toMatch = new ArrayList<>();
      matches.add(new ArrayList<>());
      for (TargetSegment segment : segments.get(image)) {
        int query = ownQuery.indexOf(segment.label());
        if (query >= 0) {
          matches.get(image).add(new Match(image, query, segment));
        } else {
          toMatch.add(segment);
        }
      }
      others.add(toMatch);
    }
    if (others.stream().anyMatch(toMatch -> !toMatch.isEmpty())) {
      Autograd.withoutGradient(() -> matchByCost(prediction, others, random, matches));
    }
    return matches.stream().flatMap(List::stream).toList();
  }

  private Void matchByCost(
      Prediction.Queries prediction,
      List<List<TargetSegment>> segments,
      RandomGenerator random,
      List<List<Match>> matches) {
    int count = settings.points();
    int first = settings.extras().perClassQueries().size();
    float[] points = PointSampling.uniform(random, segments.size() * count);
    NDArray sampled = PointSampling.sample(prediction.maskLogits(), points);
    for (int image = 0; image < segments.size(); image++) {
      List<TargetSegment> targets = segments.get(image);
      if (!targets.isEmpty()) {
        double[][] costs =
            costs(
                prediction.classLogits().get(image),
                sampled.get(image),
                targets,
                Arrays.copyOfRange(points, 2 * image * count, 2 * (image + 1) * count));
        matches.get(image).addAll(assigned(image, costs, first, targets));
      }
    }
    return null;
  }

  /** The cheapest assignment to the queries from {@code first} on. */
  private static List<Match> assigned(
      int image, double[][] costs, int first, List<TargetSegment> targets) {
    double[][] free =
        Arrays.stream(costs)
            .map(row -> Arrays.copyOfRange(row, first, row.length))
            .toArray(double[][]::new);
    List<Match> matches = new ArrayList<>();
    if (targets.size() <= free[0].length) {
      int[] queryOf = HungarianMatcher.assign(free);
      for (int target = 0; target < queryOf.length; target++) {
        matches.add(new Match(image, first + queryOf[target], targets.get(target)));
      }
    } else if (free[0].length > 0) {
      int[] targetOf = HungarianMatcher.assign(transposed(free));
      for (int query = 0; query < targetOf.length; query++) {
        matches.add(new Match(image, first + query, targets.get(targetOf[query])));
      }
    }
    return matches;
  }

  private double[][] costs(
      NDArray classLogits, NDArray maskLogits, List<TargetSegment> targets, float[] points) {
    int count = settings.points();
    float[] values = new float[targets.size() * count];
    long[] labels = new long[targets.size()];
    for (int target = 0; target < labels.length; target++) {
      labels[target] = targets.get(target).label();
      PointSampling.sample(targets.get(target), points, 0, count, values, target * count);
    }
    NDManager manager = maskLogits.getManager();
    float[] costs =
        Transfers.floats(
            MaskLossFunctions.matchingCosts(
                classLogits,
                maskLogits,
                NativeArrays.of(manager, labels, new Shape(labels.length)),
                NativeArrays.of(manager, values, new Shape(labels.length, count)),
                settings));
    int queries = costs.length / labels.length;
    double[][] matrix = new double[labels.length][queries];
    for (int index = 0; index < costs.length; index++) {
      // What is not finite makes the loss so, too, and is reported there.
      matrix[index / queries][index % queries] = Float.isFinite(costs[index]) ? costs[index] : 0;
    }
    return matrix;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix[row].length; column++) {
        transposed[column][row] = matrix[row][column];
      }
    }
    return transposed;
  }
}
