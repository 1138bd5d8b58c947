package io.videottt.adaptation;

import io.videottt.adaptation.UnitOutcome.Candidate;
import io.videottt.metrics.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Offline TTT-MAE All Frames (paper, Section 4): one model per video, trained on batches from all
 * of its frames. Which iteration is best is decided by the metric itself, with the labels: an
 * oracle, in the method's favour. Iteration 0, the fixed model, is no candidate.
 */
final class OfflineTraining {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final StreamAdapter.Report NO_STEP =
      new StreamAdapter.Report(Double.NaN, Double.NaN, Double.NaN);

  private final AdaptationSettings settings;
  private final long unitSeed;
  private final AdaptationState state;
  private final FrameLoop loop;
  private final int frameCount;
  private final String videoId;

  OfflineTraining(
      AdaptationSettings settings,
      long unitSeed,
      AdaptationState state,
      FrameLoop loop,
      String videoId,
      int frameCount) {
    this.settings = settings;
    this.unitSeed = unitSeed;
    this.state = state;
    this.loop = loop;
    this.videoId = videoId;
    this.frameCount = frameCount;
  }

  UnitOutcome run(FrameSink sink) throws InterruptedException {
    ReconstructionStep step = new ReconstructionStep(state, settings);
    List<Integer> evaluations = settings.offlineCandidates();
    List<Candidate> candidates = new ArrayList<>();
    List<FrameResult> bestFrames = List.of();
    Candidate best = null;
    double seconds = 0;
    int last = evaluations.get(evaluations.size() - 1);
    for (int iteration = 1; iteration <= last; iteration++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted in video " + videoId);
      }
      long start = System.nanoTime();
      iterate(step, iteration);
      seconds += (System.nanoTime() - start) / NANOS_PER_SECOND;
      sink.training(iteration, last);
      if (!evaluations.contains(iteration)) {
        continue;
      }
      List<FrameResult> frames = new ArrayList<>();
      double share = seconds / frameCount;
      loop.run(
          UnaryOperator.identity(),
          (index, working) -> NO_STEP,
          frame -> frames.add(frame.withSecondsAdapt(share)));
      Candidate candidate = new Candidate(iteration, meanIou(frames));
      candidates.add(candidate);
      if (best == null || candidate.frameMeanIou() > best.frameMeanIou()) {
        best = candidate;
        bestFrames = frames;
      }
    }
    bestFrames.forEach(sink::accept);
    return new UnitOutcome(
        bestFrames.size(),
        OptionalDouble.of(best.frameMeanIou()),
        OptionalInt.of(best.iteration()),
        List.copyOf(candidates));
  }

  private void iterate(ReconstructionStep step, int iteration) {
    SampleBatch batch =
        SampleBatch.draw(
            Seeds.generator(unitSeed, iteration, "offline samples"),
            settings.cropPolicy(),
            settings.batchSize(),
            0,
            frameCount,
            state.frames()::get);
    ReconstructionStep.Report report =
        step.run(batch, () -> Seeds.generator(unitSeed, iteration, "offline masks"));
    if (!Double.isFinite(report.loss()) || !Double.isFinite(report.gradientNorm())) {
      throw new DivergenceException(
          "the reconstruction loss is %s, its gradient's norm %s at iteration %d; lower the"
                  .formatted(report.loss(), report.gradientNorm(), iteration)
              + " learning rate (%s) or clip gradients".formatted(settings.learningRate()));
    }
  }

  private double meanIou(List<FrameResult> frames) {
    return frames.stream()
        .filter(frame -> frame.meanIou().isPresent())
        .mapToDouble(frame -> frame.meanIou().getAsDouble())
        .average()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "video %s has no annotated frame: the offline method cannot choose its best"
                            .formatted(videoId)
                        + " iteration\nleave the method out for this video"));
  }
}
