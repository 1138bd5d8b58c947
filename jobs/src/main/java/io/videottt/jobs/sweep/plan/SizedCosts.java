package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.method.Method;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;

/**
 * Costs before anything was measured: what a prediction takes is the model's parameters times the
 * frame's pixels, at the pace of the device, which is right within a factor of a few; the rest is
 * counted as {@link AssumedCosts} does.
 *
 * @param parameters of f, h and g by the model's fingerprint
 * @param frames sizes of the data's frames, by data set and split
 * @param device what computes
 */
record SizedCosts(
    Map<String, Long> parameters, Map<String, WorkingSize.Size> frames, AssumedDevice device)
    implements CostModel {

  private static final double MILLION = 1e6;

  /**
   * Costs of some units.
   *
   * @param units all that will be asked for
   * @param sizes the videos' frames
   * @return in proportion only where the size of a model or of the frames is not known
   */
  static CostModel of(
      List<Unit> units, Map<String, ModelInfo> models, FrameSizes sizes, AssumedDevice device) {
    Map<String, Long> parameters = new HashMap<>();
    Map<String, WorkingSize.Size> frames = new HashMap<>();
    for (Unit unit : units) {
      ModelInfo model = models.get(unit.adaptation().modelFingerprint());
      if (model == null || model.isMissing()) {
        return new ProportionalCosts();
      }
      parameters.computeIfAbsent(unit.adaptation().modelFingerprint(), key -> model.parameters());
      if (unit.settings().workingSize().height() == 0 && !frames.containsKey(place(unit))) {
        Optional<WorkingSize.Size> size = sizes.of(unit.dataset(), unit.split());
        if (size.isEmpty()) {
          return new ProportionalCosts();
        }
        frames.put(place(unit), size.get());
      }
    }
    return new SizedCosts(parameters, frames, device);
  }

  private static String place(Unit unit) {
    return FrameSizes.key(unit.dataset(), unit.split());
  }

  @Override
  public double seconds(List<Unit> units) {
    return new AssumedCosts(secondsPerPrediction(units.get(0))).seconds(units);
  }

  private double secondsPerPrediction(Unit unit) {
    WorkingSize.Size size = size(unit);
    return device.seconds(
        parameters(unit) * (double) size.height() * size.width(), unit.settings().threads());
  }

  private long parameters(Unit unit) {
    return parameters.get(unit.adaptation().modelFingerprint());
  }

  private WorkingSize.Size size(Unit unit) {
    WorkingSize working = unit.settings().workingSize();
    WorkingSize.Size frame = frames.get(place(unit));
    return frame == null ? working.of(0, 0) : working.of(frame.height(), frame.width());
  }

  @Override
  public String describe(List<AdaptationWork> groups) {
    DoubleSummaryStatistics seconds = new DoubleSummaryStatistics();
    LongSummaryStatistics sizes = new LongSummaryStatistics();
    Unit largest = null;
    for (AdaptationWork group : groups) {
      Unit unit = group.units().get(0);
      seconds.accept(secondsPerPrediction(unit));
      sizes.accept(parameters(unit));
      if (largest == null || secondsPerPrediction(unit) == seconds.getMax()) {
        largest = unit;
      }
    }
    if (largest == null) {
      return "assumed: nothing is to run";
    }
    WorkingSize.Size size = size(largest);
    String least = number(seconds.getMin());
    String most = number(seconds.getMax());
    return String.format(
        Locale.ROOT,
        "assumed until measured, right within a factor of a few: %s s per prediction of a frame on %s (%s parameters, %d x %d pixels), a training pass over a sample is %d of them",
        least.equals(most) ? most : least + " to " + most,
        device.title(),
        count(parameters(largest)),
        size.height(),
        size.width(),
        Method.TRAINING_PASS);
  }

  private static String count(long parameters) {
    return parameters < MILLION / 10
        ? String.format(Locale.ROOT, "%,d", parameters)
        : String.format(Locale.ROOT, "%.1f million", parameters / MILLION);
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, "%.2g", seconds).contains("e")
        ? String.format(Locale.ROOT, "%.4f", seconds)
        : String.format(Locale.ROOT, "%.2g", seconds);
  }
}
