package io.videottt.jobs;

import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The colours of segments, {@code 0xRRGGBB} by their ids: the first segment of a class has the
 * class's colour, the next have other hues. A predicted segment has the colour of the annotated one
 * of its class that it covers best, so that an object is seen to be the same in both pictures.
 */
final class SegmentColours {

  /** How far the hues of two objects of one class lie apart. */
  private static final float HUE_STEP = 0.07f;

  /** Enough colour for hues to differ, whatever the class's colour is. */
  private static final float LEAST_SATURATION = 0.5f;

  private static final float LEAST_BRIGHTNESS = 0.6f;

  /** Below this intersection over union two segments are not taken for one object. */
  private static final double LEAST_OVERLAP = 0.25;

  private final PredictedClasses classes;

  SegmentColours(PredictedClasses classes) {
    this.classes = classes;
  }

  /** The colours of annotated segments, or of predicted ones that nothing is known about. */
  Map<Integer, Integer> of(PanopticMap map) {
    return painted(map, shades(map));
  }

  /**
   * The colours of predicted segments beside annotated ones.
   *
   * @param predicted the prediction
   * @param truth the annotation of the same frame
   * @throws IllegalArgumentException when they are not of one size
   */
  Map<Integer, Integer> of(PanopticMap predicted, PanopticMap truth) {
    if (predicted.height() != truth.height() || predicted.width() != truth.width()) {
      throw new IllegalArgumentException(
          "a prediction of %d x %d beside a truth of %d x %d"
              .formatted(predicted.height(), predicted.width(), truth.height(), truth.width()));
    }
    Map<Integer, Integer> known = shades(truth);
    Map<Integer, Integer> shades = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (Pair pair : pairs(predicted, truth)) {
      if (!shades.containsKey(pair.predicted()) && taken.add(pair.truth())) {
        shades.put(pair.predicted(), known.get(pair.truth()));
      }
    }
    Map<Integer, Integer> next = new HashMap<>();
    truth.segments().forEach(segment -> next.merge(segment.classId(), 1, Integer::sum));
    for (PanopticSegment segment : predicted.segments()) {
      if (!shades.containsKey(segment.id())) {
        shades.put(segment.id(), next.merge(segment.classId(), 1, Integer::sum) - 1);
      }
    }
    return painted(predicted, shades);
  }

  /** Number of each segment among those of its class. */
  private static Map<Integer, Integer> shades(PanopticMap map) {
    Map<Integer, Integer> shades = new HashMap<>();
    Map<Integer, Integer> seen = new HashMap<>();
    for (PanopticSegment segment : map.segments()) {
      shades.put(segment.id(), seen.merge(segment.classId(), 1, Integer::sum) - 1);
    }
    return shades;
  }

  private record Ids(int predicted, int truth) {}

  private record Pair(int predicted, int truth, double overlap) {}

  /** Segments of one class that overlap, those that overlap most first. */
  private static List<Pair> pairs(PanopticMap predicted, PanopticMap truth) {
    Map<Integer, Integer> predictedClasses = classesOf(predicted);
    Map<Integer, Integer> truthClasses = classesOf(truth);
    Map<Integer, Integer> predictedAreas = new HashMap<>();
    Map<Integer, Integer> truthAreas = new HashMap<>();
    Map<Ids, Integer> common = new HashMap<>();
    for (int i = 0; i < predicted.ids().length; i++) {
      int ours = predicted.ids()[i];
      int theirs = truth.ids()[i];
      predictedAreas.merge(ours, 1, Integer::sum);
      truthAreas.merge(theirs, 1, Integer::sum);
      Integer classId = predictedClasses.get(ours);
      if (classId != null && classId.equals(truthClasses.get(theirs))) {
        common.merge(new Ids(ours, theirs), 1, Integer::sum);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    common.forEach(
        (ids, pixels) -> {
          int union = predictedAreas.get(ids.predicted()) + truthAreas.get(ids.truth()) - pixels;
          if (pixels >= LEAST_OVERLAP * union) {
            pairs.add(new Pair(ids.predicted(), ids.truth(), (double) pixels / union));
          }
        });
    // Among equals the order of the ids, so that a picture is the same every time.
    pairs.sort(
        Comparator.comparingDouble(Pair::overlap)
            .reversed()
            .thenComparingInt(Pair::predicted)
            .thenComparingInt(Pair::truth));
    return pairs;
  }

  private static Map<Integer, Integer> classesOf(PanopticMap map) {
    Map<Integer, Integer> classes = new HashMap<>();
    map.segments().forEach(segment -> classes.put(segment.id(), segment.classId()));
    return classes;
  }

  private Map<Integer, Integer> painted(PanopticMap map, Map<Integer, Integer> shades) {
    Map<Integer, Integer> colours = new HashMap<>();
    for (PanopticSegment segment : map.segments()) {
      int rgb = classes.rgb(segment.classId());
      colours.put(segment.id(), shade(rgb, shades.get(segment.id())));
    }
    return colours;
  }

  /** The class's own colour for its first segment, other hues for the next. */
  private static int shade(int rgb, int number) {
    if (number == 0) {
      return rgb;
    }
    float[] hsb = Color.RGBtoHSB(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff, null);
    return Color.HSBtoRGB(
            hsb[0] + number * HUE_STEP,
            Math.max(hsb[1], LEAST_SATURATION),
            Math.max(hsb[2], LEAST_BRIGHTNESS))
        & 0xffffff;
  }
}
