package io.videottt.jobs.drawing;

import io.videottt.metrics.PanopticSegment;
import java.awt.Color;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The colours of segments, {@code 0xRRGGBB} by their ids. Stuff, and crowds, have their class's
 * colour. An annotated object has the colour of its number, in every frame of its video; a
 * predicted one has that of the object that it finds, and else a pale one, which no annotated
 * object has.
 */
final class SegmentColours {

  /** Colours of objects of one class that differ. */
  private static final int SLOTS = 50;

  /** The golden ratio's fraction: consecutive multiples spread evenly over the hues. */
  private static final float HUE_STEP = 0.618034f;

  /** Objects whose hues are close differ in brightness. */
  private static final int BRIGHTNESSES = 5;

  private static final float DARKEST = 0.6f;
  private static final float BRIGHTNESS_STEP = 0.1f;

  /** Enough colour for hues to differ, whatever the class's colour is. */
  private static final float LEAST_SATURATION = 0.6f;

  private static final float PALE_SATURATION = 0.3f;
  private static final float PALE_BRIGHTNESS = 0.95f;

  private final PredictedClasses classes;

  SegmentColours(PredictedClasses classes) {
    this.classes = classes;
  }

  /**
   * A segment to be coloured.
   *
   * @param id in its picture
   * @param classId its class
   * @param object its number, from 1; 0 where objects have none
   * @param crowd whether it stands for several objects
   */
  record Segment(int id, int classId, int object, boolean crowd) {

    /** A segment whose id is the number of its object. */
    static Segment of(PanopticSegment segment) {
      return new Segment(segment.id(), segment.classId(), segment.id(), segment.crowd());
    }
  }

  /** The colours of segments that stand by themselves: the first of a class has its colour. */
  Map<Integer, Integer> alone(List<Segment> segments) {
    return truth(segments.stream().map(s -> new Segment(s.id(), s.classId(), 0, false)).toList());
  }

  /** The colours of annotated segments. */
  Map<Integer, Integer> truth(List<Segment> segments) {
    Map<Integer, Integer> colours = new HashMap<>();
    Map<Integer, Set<Integer>> taken = new HashMap<>();
    segments.stream()
        .sorted(Comparator.comparingInt(Segment::object).thenComparingInt(Segment::id))
        .forEach(
            segment -> {
              int slot =
                  isObject(segment)
                      ? free(
                          Math.floorMod(Math.max(0, segment.object() - 1), SLOTS),
                          taken.computeIfAbsent(segment.classId(), own -> new HashSet<>()))
                      : 0;
              colours.put(segment.id(), shade(classes.rgb(segment.classId()), slot));
            });
    return colours;
  }

  /** The place itself or, where another object of the frame has it, the next that is free. */
  private static int free(int place, Set<Integer> taken) {
    int free = place;
    while (taken.size() < SLOTS && taken.contains(free)) {
      free = (free + 1) % SLOTS;
    }
    taken.add(free);
    return free;
  }

  private boolean isObject(Segment segment) {
    return !segment.crowd() && classes.isThing(segment.classId());
  }

  /**
   * The colours of predicted segments.
   *
   * @param predicted the prediction
   * @param truth the annotation of the same frame; empty where there is none
   * @param matches which of them are the same object
   */
  Map<Integer, Integer> predicted(
      List<Segment> predicted, List<Segment> truth, List<SegmentMatch> matches) {
    Map<Integer, Integer> known = truth(truth);
    Map<Integer, Integer> colours = new HashMap<>();
    matches.forEach(match -> colours.put(match.predicted(), known.get(match.truth())));
    Set<Integer> used = new HashSet<>(known.values());
    used.addAll(classes.colours());
    int number = 0;
    for (Segment segment : predicted) {
      if (!isObject(segment)) {
        colours.put(segment.id(), classes.rgb(segment.classId()));
      } else if (!colours.containsKey(segment.id())) {
        int colour = pale(number++);
        while (used.contains(colour)) {
          colour = pale(number++);
        }
        colours.put(segment.id(), colour);
      }
    }
    return colours;
  }

  /** The class's own colour at the first place, other hues at the next. */
  private static int shade(int rgb, int slot) {
    if (slot == 0) {
      return rgb;
    }
    float[] hsb = Color.RGBtoHSB(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff, null);
    return Color.HSBtoRGB(
            hsb[0] + slot * HUE_STEP,
            Math.max(hsb[1], LEAST_SATURATION),
            DARKEST + slot % BRIGHTNESSES * BRIGHTNESS_STEP)
        & 0xffffff;
  }

  private static int pale(int number) {
    return Color.HSBtoRGB(number * HUE_STEP, PALE_SATURATION, PALE_BRIGHTNESS) & 0xffffff;
  }
}
