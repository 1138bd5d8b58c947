package io.videottt.model.mask2former;

import io.videottt.model.TargetSegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Mask2Former's loss once more, in plain double arithmetic and with matching by trying every
 * assignment, as the reference of a test. It draws its points in the same order.
 */
final class ReferenceMaskLoss {

  private final Mask2FormerConfiguration.Loss settings;
  private final int classes;
  private final RandomGenerator random;

  ReferenceMaskLoss(Mask2FormerConfiguration.Loss settings, int classes, RandomGenerator random) {
    this.settings = settings;
    this.classes = classes;
    this.random = random;
  }

  /** One image's prediction: class logits [Q][K + 1], mask logits [Q][h][w]. */
  record Image(double[][] classLogits, double[][][] maskLogits) {}

  /** The loss of one layer's predictions of a batch. */
  double of(List<Image> images, List<List<TargetSegment>> segments) {
    int[][] segmentOf = new int[images.size()][];
    double[][] points = new double[images.size()][];
    if (settings.extras().perClassQueries().isEmpty()) {
      for (int image = 0; image < images.size(); image++) {
        points[image] = draw(settings.points());
      }
    }
    for (int image = 0; image < images.size(); image++) {
      segmentOf[image] = match(images.get(image), segments.get(image), points[image]);
    }
    double masks = segments.stream().mapToInt(List::size).sum();
    double loss = settings.classWeight() * crossEntropy(images, segments, segmentOf);
    return masks == 0 ? loss : loss + maskLosses(images, segments, segmentOf, masks);
  }

  private double crossEntropy(
      List<Image> images, List<List<TargetSegment>> segments, int[][] segmentOf) {
    double sum = 0;
    double weights = 0;
    for (int image = 0; image < images.size(); image++) {
      for (int query = 0; query < segmentOf[image].length; query++) {
        int segment = segmentOf[image][query];
        int label = segment < 0 ? classes : segments.get(image).get(segment).label();
        List<Double> classWeights = settings.extras().classWeights();
        double weight =
            label == classes
                ? settings.noObjectWeight()
                : classWeights.isEmpty() ? 1 : classWeights.get(label);
        sum -= weight * Math.log(softmax(images.get(image).classLogits()[query])[label]);
        weights += weight;
      }
    }
    return sum / weights;
  }

  private double maskLosses(
      List<Image> images, List<List<TargetSegment>> segments, int[][] segmentOf, double masks) {
    // Matches are ordered by image, then by segment.
    List<double[][]> maps = new ArrayList<>();
    List<TargetSegment> targets = new ArrayList<>();
    for (int image = 0; image < images.size(); image++) {
      for (int segment = 0; segment < segments.get(image).size(); segment++) {
        for (int query = 0; query < segmentOf[image].length; query++) {
          if (segmentOf[image][query] == segment) {
            maps.add(images.get(image).maskLogits()[query]);
            targets.add(segments.get(image).get(segment));
          }
        }
      }
    }
    int candidates = (int) (settings.points() * settings.oversampleRatio());
    int uncertain = (int) (settings.points() * settings.importanceSampleRatio());
    List<double[]> points = new ArrayList<>();
    for (double[][] map : maps) {
      double[] drawn = draw(candidates);
      List<double[]> pairs = new ArrayList<>();
      for (int point = 0; point < candidates; point++) {
        pairs.add(new double[] {drawn[2 * point], drawn[2 * point + 1]});
      }
      pairs.sort(Comparator.comparingDouble(pair -> Math.abs(sample(map, pair[0], pair[1]))));
      double[] chosen = new double[2 * settings.points()];
      for (int point = 0; point < uncertain; point++) {
        chosen[2 * point] = pairs.get(point)[0];
        chosen[2 * point + 1] = pairs.get(point)[1];
      }
      points.add(chosen);
    }
    for (double[] chosen : points) {
      double[] rest = draw(settings.points() - uncertain);
      System.arraycopy(rest, 0, chosen, 2 * uncertain, rest.length);
    }
    double loss = 0;
    for (int mask = 0; mask < maps.size(); mask++) {
      loss +=
          settings.maskWeight()
                  * binaryCrossEntropy(maps.get(mask), targets.get(mask), points.get(mask))
              + settings.diceWeight() * dice(maps.get(mask), targets.get(mask), points.get(mask));
    }
    return loss / masks;
  }

  private int[] match(Image image, List<TargetSegment> targets, double[] points) {
    int queries = image.classLogits().length;
    int[] best = new int[queries];
    java.util.Arrays.fill(best, -1);
    if (!settings.extras().perClassQueries().isEmpty()) {
      for (int segment = 0; segment < targets.size(); segment++) {
        best[targets.get(segment).label()] = segment;
      }
      return best;
    }
    double[][] costs = new double[targets.size()][queries];
    for (int segment = 0; segment < targets.size(); segment++) {
      for (int query = 0; query < queries; query++) {
        double[][] map = image.maskLogits()[query];
        TargetSegment target = targets.get(segment);
        costs[segment][query] =
            -settings.classWeight() * softmax(image.classLogits()[query])[target.label()]
                + settings.maskWeight() * binaryCrossEntropy(map, target, points)
                + settings.diceWeight() * dice(map, target, points);
      }
    }
    int[] queryOf = new int[targets.size()];
    cheapest(costs, 0, new int[targets.size()], queryOf, 0, Double.POSITIVE_INFINITY);
    for (int segment = 0; segment < queryOf.length; segment++) {
      best[queryOf[segment]] = segment;
    }
    return best;
  }

  private static double cheapest(
      double[][] costs, int row, int[] current, int[] best, double cost, double bound) {
    if (row == costs.length) {
      if (cost < bound) {
        System.arraycopy(current, 0, best, 0, best.length);
      }
      return Math.min(cost, bound);
    }
    double least = bound;
    for (int column = 0; column < costs[row].length; column++) {
      boolean free = true;
      for (int earlier = 0; earlier < row; earlier++) {
        free &= current[earlier] != column;
      }
      if (free) {
        current[row] = column;
        least = cheapest(costs, row + 1, current, best, cost + costs[row][column], least);
      }
    }
    return least;
  }

  private static double binaryCrossEntropy(double[][] map, TargetSegment target, double[] points) {
    double sum = 0;
    for (int point = 0; point < points.length; point += 2) {
      double logit = sample(map, points[point], points[point + 1]);
      double inside = target.valueAt((float) points[point], (float) points[point + 1]);
      sum += inside * Math.log1p(Math.exp(-logit)) + (1 - inside) * Math.log1p(Math.exp(logit));
    }
    int count = points.length / 2;
    return sum / count;
  }

  private static double dice(double[][] map, TargetSegment target, double[] points) {
    double overlap = 0;
    double size = 0;
    for (int point = 0; point < points.length; point += 2) {
      double mask = 1 / (1 + Math.exp(-sample(map, points[point], points[point + 1])));
      double inside = target.valueAt((float) points[point], (float) points[point + 1]);
      overlap += mask * inside;
      size += mask + inside;
    }
    return 1 - (2 * overlap + 1) / (size + 1);
  }

  /** Bilinear, zero outside. */
  static double sample(double[][] map, double x, double y) {
    double row = y * map.length - 0.5;
    double column = x * map[0].length - 0.5;
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      for (int j = 0; j < map[i].length; j++) {
        double weight = Math.max(0, 1 - Math.abs(row - i)) * Math.max(0, 1 - Math.abs(column - j));
        sum += weight * map[i][j];
      }
    }
    return sum;
  }

  static double[] softmax(double[] logits) {
    double sum = 0;
    double[] result = new double[logits.length];
    for (int index = 0; index < logits.length; index++) {
      result[index] = Math.exp(logits[index]);
      sum += result[index];
    }
    for (int index = 0; index < logits.length; index++) {
      result[index] /= sum;
    }
    return result;
  }

  private double[] draw(int count) {
    double[] points = new double[2 * count];
    for (int index = 0; index < points.length; index++) {
      points[index] = random.nextFloat();
    }
    return points;
  }
}
