package io.videottt.adaptation.stream;

import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.SemanticInference;
import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.method.FrameSteps;
import io.videottt.adaptation.method.SeenFrame;
import io.videottt.adaptation.scoring.FrameMetrics;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.scoring.FrameScorer;
import io.videottt.adaptation.scoring.PreviewRenderer;
import io.videottt.adaptation.step.StepReport;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The way of a video's frames: load, observe, predict, evaluate, hand on. */
final class FrameLoop {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Video video;
  private final FramePredictor predictor;
  private final SemanticInference semantic;
  private final FrameScorer scorer;
  private final Set<Task> tasks;
  private final PreviewRenderer previews;

  /**
   * @param video the frames in the order in which they go by
   * @param previews sees every frame after it was scored
   */
  FrameLoop(
      Video video,
      FramePredictor predictor,
      SemanticInference semantic,
      FrameScorer scorer,
      Set<Task> tasks,
      PreviewRenderer previews) {
    this.video = video;
    this.predictor = predictor;
    this.semantic = semantic;
    this.scorer = scorer;
    this.tasks = tasks;
    this.previews = previews;
  }

  /** A frame that was observed and is to be predicted. */
  private record Observed(
      Frame frame, RgbImage working, StepReport report, double load, double adapt) {}

  /**
   * Runs over the frames once.
   *
   * @param first position of the first frame; from 0, nothing is remembered of frames before
   * @param steps see every frame before it is predicted
   * @param together most frames that are predicted in one pass through the network; 1 unless the
   *     steps change nothing
   * @param results receives every frame in order, with one result per task
   */
  void run(int first, FrameSteps steps, int together, Consumer<List<FrameResult>> results)
      throws InterruptedException {
    if (first == 0) {
      semantic.startAgain();
      scorer.startAgain();
    }
    int position = first;
    List<Observed> waiting = new ArrayList<>();
    try (FrameStream stream = video.stream(first)) {
      while (stream.hasNext()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted in video " + video.id());
        }
        Frame frame = next(stream);
        Observed observed = observe(position, frame, stream.loadSeconds(), steps);
        position++;
        if (!waiting.isEmpty() && !haveOneSize(waiting.get(0), observed)) {
          predict(waiting, results);
        }
        waiting.add(observed);
        // Where passes begin must not depend on where the loop did.
        if (position % together == 0) {
          predict(waiting, results);
        }
      }
    }
    predict(waiting, results);
  }

  private static boolean haveOneSize(Observed first, Observed second) {
    return first.working().height() == second.working().height()
        && first.working().width() == second.working().width();
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

  private Observed observe(int position, Frame frame, double loadSeconds, FrameSteps steps) {
    long start = System.nanoTime();
    RgbImage working = steps.input(predictor.resized(frame.image()));
    long loaded = System.nanoTime();
    StepReport report = steps.before(new SeenFrame(position, frame.image(), working));
    return new Observed(
        frame,
        working,
        report,
        loadSeconds + seconds(start, loaded),
        seconds(loaded, System.nanoTime()));
  }

  /**
   * Predicts the waiting frames and hands them on one by one, each before the next is scored, since
   * what is remembered of scored frames belongs to those that were handed on; none are waiting
   * then.
   */
  private void predict(List<Observed> waiting, Consumer<List<FrameResult>> results) {
    if (waiting.isEmpty()) {
      return;
    }
    FramePredictor.inScope(
        () -> {
          long start = System.nanoTime();
          List<FramePredictor.Output> outputs =
              predictor.forward(
                  waiting.stream().map(Observed::working).toList(),
                  waiting.stream().map(observed -> observed.frame().image()).toList());
          if (tasks.size() > 1 || waiting.size() > 1) {
            // One task's reading waits for one frame's pass itself.
            outputs.get(0).await();
          }
          double forward = seconds(start, System.nanoTime()) / waiting.size();
          for (int i = 0; i < waiting.size(); i++) {
            results.accept(results(waiting.get(i), outputs.get(i), forward));
          }
          return null;
        });
    waiting.clear();
  }

  private List<FrameResult> results(
      Observed observed, FramePredictor.Output output, double forward) {
    Frame frame = observed.frame();
    List<FrameResult> results = new ArrayList<>();
    for (Task task : tasks) {
      long before = System.nanoTime();
      TaskPrediction prediction =
          task == Task.SEMANTIC
              ? new TaskPrediction.Semantic(
                  semantic.infer(frame.index(), observed.working(), output))
              : predictor.predict(task, output);
      long predicted = System.nanoTime();
      Optional<FrameScore> score = score(frame, prediction);
      Map<String, Double> further = FrameMetrics.of(frame, prediction);
      long evaluated = System.nanoTime();
      results.add(
          new FrameResult(
              frame.index(),
              frame.name(),
              task,
              score.isPresent(),
              score,
              observed.report().lossBefore(),
              observed.report().lossAfter(),
              observed.report().gradientNorm(),
              observed.load(),
              observed.adapt(),
              forward + seconds(before, predicted),
              seconds(predicted, evaluated),
              previews.draw(frame, prediction),
              further));
    }
    return results;
  }

  private Optional<FrameScore> score(Frame frame, TaskPrediction prediction) {
    try {
      return scorer.score(frame, prediction);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "video %s, frame %s: %s".formatted(video.id(), frame.name(), e.getMessage()), e);
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / NANOS_PER_SECOND;
  }
}
