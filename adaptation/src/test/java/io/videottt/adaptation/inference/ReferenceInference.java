package io.videottt.adaptation.inference;

import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.adaptation.stream.TestQueries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mask2Former's inference written down slowly from its publication: plain loops over all queries
 * and pixels, in double precision.
 */
final class ReferenceInference {

  /** Closer than this, single precision may decide otherwise. */
  private static final double ROUNDING = 1e-5;

  private final TestQueries queries;
  private final boolean[] things;
  private final PostProcessing settings;

  /** [Q][height * width] mask logits at the image's size. */
  private final double[][] logits;

  ReferenceInference(TestQueries queries, boolean[] things, PostProcessing settings) {
    this.queries = queries;
    this.things = things;
    this.settings = settings;
    this.logits = new double[queries.queries()][];
    for (int query = 0; query < logits.length; query++) {
      logits[query] = atImageSize(queries.maskLogits()[query]);
    }
  }

  /**
   * @param ids of every pixel, 0 where there is no segment
   * @param classes of the segments 1, 2, ...
   * @param clear whether the pixel is far from every decision's edge
   */
  record Panoptic(int[] ids, List<Integer> classes, boolean[] clear) {}

  /**
   * @param inside the mask
   * @param clear whether the pixel is far from the mask's edge
   */
  record Detection(int classId, double score, boolean[] inside, boolean[] clear) {}

  Panoptic panoptic() {
    List<Integer> kept = new ArrayList<>();
    for (int query = 0; query < logits.length; query++) {
      double[] probabilities = softmax(queries.classLogits()[query]);
      int best = bestClass(query);
      if (best < things.length && probabilities[best] > settings.scoreThreshold()) {
        kept.add(query);
      }
    }
    int pixels = queries.height() * queries.width();
    int[] winners = new int[pixels];
    boolean[] clear = new boolean[pixels];
    for (int pixel = 0; pixel < pixels && !kept.isEmpty(); pixel++) {
      winners[pixel] = winner(kept, pixel);
      clear[pixel] = isClear(kept, winners[pixel], pixel);
    }
    int[] ids = new int[pixels];
    List<Integer> classes = new ArrayList<>();
    Map<Integer, Integer> stuff = new HashMap<>();
    for (int query : kept) {
      int won = 0;
      int original = 0;
      int both = 0;
      for (int pixel = 0; pixel < pixels; pixel++) {
        boolean covers = covers(query, pixel);
        won += winners[pixel] == query ? 1 : 0;
        original += covers ? 1 : 0;
        both += winners[pixel] == query && covers ? 1 : 0;
      }
      if (won == 0 || original == 0 || both == 0) {
        continue;
      }
      if ((double) won / original < settings.overlapThreshold()) {
        continue;
      }
      int classId = bestClass(query);
      int id;
      if (!things[classId] && stuff.containsKey(classId)) {
        id = stuff.get(classId);
      } else {
        classes.add(classId);
        id = classes.size();
        stuff.put(classId, id);
      }
      for (int pixel = 0; pixel < pixels; pixel++) {
        if (winners[pixel] == query && covers(query, pixel)) {
          ids[pixel] = id;
        }
      }
    }
    return new Panoptic(ids, classes, clear);
  }

  List<Detection> instances() {
    List<int[]> pairs = new ArrayList<>();
    for (int query = 0; query < logits.length; query++) {
      for (int classId = 0; classId < things.length; classId++) {
        pairs.add(new int[] {query, classId});
      }
    }
    pairs.sort(
        Comparator.comparingDouble(pair -> -softmax(queries.classLogits()[pair[0]])[pair[1]]));
    List<Detection> detections = new ArrayList<>();
    for (int[] pair : pairs.subList(0, Math.min(settings.detections(), pairs.size()))) {
      if (!things[pair[1]]) {
        continue;
      }
      double[] map = logits[pair[0]];
      boolean[] inside = new boolean[map.length];
      boolean[] clear = new boolean[map.length];
      double sum = 0;
      int area = 0;
      for (int pixel = 0; pixel < map.length; pixel++) {
        inside[pixel] = map[pixel] > 0;
        clear[pixel] = !resized() || Math.abs(map[pixel]) > ROUNDING;
        if (inside[pixel]) {
          sum += sigmoid(map[pixel]);
          area++;
        }
      }
      double score = softmax(queries.classLogits()[pair[0]])[pair[1]] * (sum / (area + 1e-6));
      detections.add(new Detection(pair[1], score, inside, clear));
    }
    return detections;
  }

  private int winner(List<Integer> kept, int pixel) {
    int winner = kept.get(0);
    for (int query : kept) {
      winner = value(query, pixel) > value(winner, pixel) ? query : winner;
    }
    return winner;
  }

  private boolean isClear(List<Integer> kept, int winner, int pixel) {
    for (int query : kept) {
      boolean same =
          queries.classLogits()[query] == queries.classLogits()[winner]
              && queries.maskLogits()[query] == queries.maskLogits()[winner];
      if (!same && value(winner, pixel) - value(query, pixel) < ROUNDING) {
        return false;
      }
    }
    return !resized() || Math.abs(logits[winner][pixel]) > ROUNDING;
  }

  private double value(int query, int pixel) {
    return softmax(queries.classLogits()[query])[bestClass(query)] * sigmoid(logits[query][pixel]);
  }

  private boolean covers(int query, int pixel) {
    return sigmoid(logits[query][pixel]) >= 0.5;
  }

  private int bestClass(int query) {
    float[] ofClasses = queries.classLogits()[query];
    int best = 0;
    for (int classId = 1; classId < ofClasses.length; classId++) {
      best = ofClasses[classId] > ofClasses[best] ? classId : best;
    }
    return best;
  }

  private boolean resized() {
    return queries.inputHeight() != queries.height() || queries.inputWidth() != queries.width();
  }

  private double[] atImageSize(float[][] map) {
    double[][] padded =
        resize(map.length, map[0].length, 4 * map.length, 4 * map[0].length, (y, x) -> map[y][x]);
    double[][] image =
        resize(
            queries.inputHeight(),
            queries.inputWidth(),
            queries.height(),
            queries.width(),
            (y, x) -> padded[y][x]);
    double[] flat = new double[queries.height() * queries.width()];
    for (int pixel = 0; pixel < flat.length; pixel++) {
      flat[pixel] = image[pixel / queries.width()][pixel % queries.width()];
    }
    return flat;
  }

  private interface Map2 {
    double at(int y, int x);
  }

  private static double[][] resize(int height, int width, int rows, int columns, Map2 map) {
    double[][] resized = new double[rows][columns];
    for (int row = 0; row < rows; row++) {
      double y = Math.max(0, (row + 0.5) * height / rows - 0.5);
      int top = Math.min((int) y, height - 1);
      int bottom = Math.min(top + 1, height - 1);
      for (int column = 0; column < columns; column++) {
        double x = Math.max(0, (column + 0.5) * width / columns - 0.5);
        int left = Math.min((int) x, width - 1);
        int right = Math.min(left + 1, width - 1);
        double upper = map.at(top, left) * (1 - x + left) + map.at(top, right) * (x - left);
        double lower = map.at(bottom, left) * (1 - x + left) + map.at(bottom, right) * (x - left);
        resized[row][column] = upper * (1 - y + top) + lower * (y - top);
      }
    }
    return resized;
  }

  private static double[] softmax(float[] logits) {
    double sum = 0;
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i]);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
