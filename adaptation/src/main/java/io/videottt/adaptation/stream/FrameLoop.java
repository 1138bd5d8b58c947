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

  /**
   * Runs over the frames once.
   *
   * @param first position of the first frame; from 0, nothing is remembered of frames before
   * @param steps see every frame before it is predicted
   * @param results receives every frame in order, with one result per task
   */
  void run(int first, FrameSteps steps, Consumer<List<FrameResult>> results)
      throws InterruptedException {
    if (first == 0) {
      semantic.startAgain();
      scorer.startAgain();
    }
    int position = first;
    try (FrameStream stream = video.stream(first)) {
      while (stream.hasNext()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted in video " + video.id());
        }
        Frame frame = next(stream);
        double loadSeconds = stream.loadSeconds();
        results.accept(run(position, frame, loadSeconds, steps));
        position++;
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

  private List<FrameResult> run(int position, Frame frame, double loadSeconds, FrameSteps steps) {
    long start = System.nanoTime();
    RgbImage working = steps.input(predictor.resized(frame.image()));
    long loaded = System.nanoTime();
    StepReport report = steps.before(new SeenFrame(position, frame.image(), working));
    long adapted = System.nanoTime();
    return FramePredictor.inScope(
        () -> {
          FramePredictor.Output output = predictor.forward(working, frame.image());
          if (tasks.size() > 1) {
            // One task's reading waits for the pass itself.
            output.await();
          }
          double forward = seconds(adapted, System.nanoTime());
          List<FrameResult> results = new ArrayList<>();
          for (Task task : tasks) {
            long before = System.nanoTime();
            TaskPrediction prediction =
                task == Task.SEMANTIC
                    ? new TaskPrediction.Semantic(semantic.infer(frame.index(), working, output))
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
                    report.lossBefore(),
                    report.lossAfter(),
                    report.gradientNorm(),
                    loadSeconds + seconds(start, loaded),
                    seconds(loaded, adapted),
                    forward + seconds(before, predicted),
                    seconds(predicted, evaluated),
                    previews.draw(frame, prediction),
                    further));
          }
          return results;
        });
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
