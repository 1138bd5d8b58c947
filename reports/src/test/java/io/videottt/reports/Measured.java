package io.videottt.reports;

import io.videottt.base.Task;
import io.videottt.metrics.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Measurements with a few numbers of their own. */
public final class Measured {

  public static final Interval TOO_FEW =
      Interval.none("a video holds fewer than 3 blocks of 10 frames");
  public static final Interval FEW_VIDEOS = Interval.none("fewer than 3 videos to draw from");

  private Measured() {}

  public static EvaluationSet set(String split) {
    return new EvaluationSet("streets", split, Task.SEMANTIC);
  }

  /** The fixed model. */
  public static Measurement fixed(EvaluationSet set, double mean) {
    return of(set, "mae-joint-training", "MAE Joint Training", "", mean, Optional.empty());
  }

  /** A method whose difference to the fixed model has an interval on these videos. */
  public static Measurement gaining(
      EvaluationSet set, String method, String title, double gain, double lower, double upper) {
    return of(set, method, title, "", 40 + gain, Optional.of(difference(gain, lower, upper)));
  }

  public static Difference difference(double gain, double lower, double upper) {
    return new Difference(gain, Interval.of(lower, upper), FEW_VIDEOS, 80, 40);
  }

  public static Measurement of(
      EvaluationSet set,
      String method,
      String title,
      String variant,
      double mean,
      Optional<Difference> difference) {
    return new Measurement(
        set,
        "tiny",
        method,
        title,
        variant,
        method.equals("standardised-fixed") || method.equals("foreign-frames"),
        2,
        80,
        FrameCoverage.usual(80),
        Repetitions.SINGLE,
        mean,
        Map.of(PooledMetric.MIOU, mean),
        Released.unknown(80),
        difference,
        new SecondsPerFrame(0, 0.25, 0.125, 0, SecondsPerFrame.Medians.UNKNOWN),
        List.of(new VideoResult("one", 40, 40, mean, OptionalDouble.empty(), difference)),
        List.of());
  }

  /** Two splits with titles. */
  public static DataSetSummary streets() {
    return new DataSetSummary(
        "streets",
        "Streets",
        List.of("clear", "shifts"),
        List.of(
            new SplitCount(
                "shifts", 80, OptionalLong.empty(), "videos that darken", Map.of("one", "Dusk")),
            new SplitCount("clear", 80, OptionalLong.empty(), "clear videos", Map.of())),
        4,
        160,
        160,
        OptionalDouble.of(10),
        List.of("road", "car"));
  }
}
