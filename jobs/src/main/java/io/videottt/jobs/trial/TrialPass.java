package io.videottt.jobs.trial;

import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.scoring.PreviewRenderer;
import io.videottt.adaptation.stream.FrameSink;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.saved.FrameFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One method's way through the film: what it leaves of every frame. */
final class TrialPass implements FrameSink {

  private static final double NANOS_PER_SECOND = 1e9;

  private final String title;
  private final FrameFolder folder;
  private final ProgressLine line;
  private final Runnable computed;
  private final Double[] values;
  private final List<Double> colourfulness = new ArrayList<>();
  private double seconds;
  private int results;
  private int before;
  private long start = System.nanoTime();

  /**
   * A pass that is not begun.
   *
   * @param title for the progress, for example "fixed model"
   * @param folder receives what is predicted
   * @param frames of the film
   * @param computed hears of every frame that is computed
   */
  TrialPass(String title, FrameFolder folder, int frames, ProgressLine line, Runnable computed) {
    this.computed = computed;
    this.title = title;
    this.folder = folder;
    this.values = new Double[frames];
    this.line = line;
  }

  FrameFolder folder() {
    return folder;
  }

  /** The metric of every frame; null where it has none. */
  List<Double> values() {
    return Arrays.asList(values);
  }

  /** Mean colourfulness of the film itself; NaN where it is not known. */
  double trueColourfulness() {
    return colourfulness.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Seconds for a frame, those before a checkpoint included; loading it is not. */
  double secondsPerFrame() {
    return results == 0 ? 0 : seconds / results;
  }

  /** The clock starts when the model is loaded. */
  void begin() {
    start = System.nanoTime();
  }

  @Override
  public void resumed(int position) {
    before = position;
  }

  @Override
  public PreviewRenderer previews() {
    return (frame, prediction) -> {
      folder.write(frame.name(), frame.image(), prediction);
      return Optional.empty();
    };
  }

  @Override
  public void accept(FrameResult frame) {
    if (frame.value().isPresent()) {
      values[frame.index()] = frame.value().getAsDouble();
    }
    if (frame.score().isPresent()
        && frame.score().get() instanceof FrameScore.Colorization colours) {
      colourfulness.add(colours.trueColourfulness());
    }
    seconds += frame.secondsAdapt() + frame.secondsPredict();
    results++;
    if (results <= before) {
      return;
    }
    computed.run();
    double pace = (System.nanoTime() - start) / NANOS_PER_SECOND / (results - before);
    line.show(
        String.format(
            Locale.ROOT,
            "%s: frame %d of %d, %.2f s/frame, %s left",
            title,
            results,
            values.length,
            pace,
            ProgressLine.readable(pace * (values.length - results))));
  }
}
