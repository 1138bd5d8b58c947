package io.videottt.adaptation;

import io.videottt.catalog.Frame;
import io.videottt.catalog.FrameStream;
import io.videottt.catalog.LabelMap;
import io.videottt.catalog.RgbImage;
import io.videottt.catalog.Video;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.SemanticCounts;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The way of a video's frames: load, observe, predict, evaluate, hand on. */
final class FrameLoop {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Video video;
  private final FramePredictor predictor;
  private final int classCount;

  FrameLoop(Video video, FramePredictor predictor, int classCount) {
    this.video = video;
    this.predictor = predictor;
    this.classCount = classCount;
  }

  /** What a method does with a frame before it is predicted. */
  @FunctionalInterface
  interface Observer {

    /** Sees a frame at working resolution. */
    StreamAdapter.Report observe(int index, RgbImage working);
  }

  /**
   * Runs over all frames once.
   *
   * @param colours changes a frame at working resolution before anything else sees it
   * @param observer may change the model before each prediction
   * @param results receives every frame in order
   */
  void run(UnaryOperator<RgbImage> colours, Observer observer, Consumer<FrameResult> results)
      throws InterruptedException {
    try (FrameStream stream = video.stream()) {
      while (stream.hasNext()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted in video " + video.id());
        }
        Frame frame = next(stream);
        results.accept(run(frame, stream.loadSeconds(), colours, observer));
      }
    }
  }

  /** The stream cannot throw a checked exception: it says so by the thread's flag. */
  private Frame next(FrameStream stream) throws InterruptedException {
    try {
      return stream.next();
    } catch (IllegalStateException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted in video " + video.id());
      }
      throw e;
    }
  }

  private FrameResult run(
      Frame frame, double loadSeconds, UnaryOperator<RgbImage> colours, Observer observer) {
    long start = System.nanoTime();
    RgbImage working = colours.apply(predictor.resized(frame.image()));
    long loaded = System.nanoTime();
    StreamAdapter.Report report = observer.observe(frame.index(), working);
    long adapted = System.nanoTime();
    LabelMap predicted = predictor.predict(working, frame.image().height(), frame.image().width());
    long done = System.nanoTime();
    SemanticCounts counts =
        frame.labels().isPresent() ? count(frame, frame.labels().get(), predicted) : null;
    long evaluated = System.nanoTime();
    return new FrameResult(
        frame.index(),
        frame.name(),
        counts != null,
        counts,
        counts == null ? OptionalDouble.empty() : counts.meanIou(),
        report.lossBefore(),
        report.lossAfter(),
        report.gradientNorm(),
        loadSeconds + seconds(start, loaded),
        seconds(loaded, adapted),
        seconds(adapted, done),
        seconds(done, evaluated));
  }

  private SemanticCounts count(Frame frame, LabelMap truth, LabelMap predicted) {
    try {
      SemanticCounts counts = new SemanticCounts(classCount);
      counts.add(truth.labels(), predicted.labels());
      return counts;
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "video %s, frame %s: %s".formatted(video.id(), frame.name(), e.getMessage()), e);
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / NANOS_PER_SECOND;
  }
}
