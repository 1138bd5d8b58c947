package io.videottt.adaptation.stream;

import io.videottt.adaptation.method.FrameSteps;
import io.videottt.adaptation.method.VideoSteps;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.stream.TaskOutcome.Candidate;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Training on a whole video before it is predicted, as Offline TTT-MAE All Frames does (paper,
 * Section 4). Which iteration is best is decided by the metric itself, with the labels: an oracle,
 * in the method's favour. Each task has its own best iteration of the same training. Iteration 0,
 * the fixed model, is no candidate.
 */
final class OfflineTraining {

  private static final double NANOS_PER_SECOND = 1e9;

  private final AdaptationSettings settings;
  private final VideoSteps steps;
  private final FrameLoop loop;
  private final int frameCount;
  private final String videoId;
  private final Set<Task> tasks;
  private final AdaptationCheckpoints checkpoints;

  OfflineTraining(
      AdaptationSettings settings,
      VideoSteps steps,
      FrameLoop loop,
      Video video,
      Set<Task> tasks,
      AdaptationCheckpoints checkpoints) {
    this.settings = settings;
    this.steps = steps;
    this.loop = loop;
    this.videoId = video.id();
    this.frameCount = video.frameCount();
    this.tasks = tasks;
    this.checkpoints = checkpoints;
  }

  Map<Task, TaskOutcome> run(FrameSink sink) throws InterruptedException {
    List<Integer> evaluations = settings.offlineCandidates();
    Map<Task, Oracle> oracles = new EnumMap<>(Task.class);
    tasks.forEach(task -> oracles.put(task, new Oracle()));
    Optional<AdaptationCheckpoints.Resumed> resumed =
        checkpoints.resume(tasks, steps.state(), Optional.empty());
    resumed.ifPresent(
        before -> {
          sink.resumed(before.progress().position());
          oracles.forEach((task, oracle) -> oracle.goOn(task, before));
          oracles.forEach((task, oracle) -> oracle.tellBest(task, sink));
        });
    double seconds = resumed.map(before -> before.progress().trainingSeconds()).orElse(0.0);
    int done = resumed.map(before -> before.progress().position()).orElse(0);
    int last = evaluations.get(evaluations.size() - 1);
    for (int iteration = done + 1; iteration <= last; iteration++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted in video " + videoId);
      }
      long start = System.nanoTime();
      steps.iterate(iteration);
      seconds += (System.nanoTime() - start) / NANOS_PER_SECOND;
      sink.training(iteration, last);
      if (evaluations.contains(iteration)) {
        Map<Task, List<FrameResult>> frames = predict(seconds / frameCount);
        for (Map.Entry<Task, Oracle> oracle : oracles.entrySet()) {
          List<FrameResult> ofTask = frames.get(oracle.getKey());
          oracle.getValue().look(new Candidate(iteration, frameMean(ofTask)), ofTask);
          oracle.getValue().tellBest(oracle.getKey(), sink);
        }
      }
      if (checkpoints.due()) {
        writeCheckpoint(iteration, seconds, oracles);
      }
    }
    for (int index = 0; index < frameCount; index++) {
      for (Oracle oracle : oracles.values()) {
        sink.accept(oracle.bestFrames.get(index));
      }
    }
    Map<Task, TaskOutcome> outcomes = new EnumMap<>(Task.class);
    oracles.forEach((task, oracle) -> outcomes.put(task, oracle.outcome()));
    return outcomes;
  }

  private void writeCheckpoint(int iteration, double seconds, Map<Task, Oracle> oracles) {
    Map<Task, List<Candidate>> candidates = new EnumMap<>(Task.class);
    oracles.forEach((task, oracle) -> candidates.put(task, List.copyOf(oracle.candidates)));
    checkpoints.write(
        tasks,
        new CheckpointPosition(iteration, seconds, candidates),
        steps.state(),
        Optional.empty(),
        oracles.values().stream().flatMap(oracle -> oracle.bestFrames.stream()).toList(),
        true);
  }

  private Map<Task, List<FrameResult>> predict(double secondsAdapt) throws InterruptedException {
    Map<Task, List<FrameResult>> frames = new EnumMap<>(Task.class);
    tasks.forEach(task -> frames.put(task, new ArrayList<>()));
    loop.run(
        0,
        FrameSteps.NONE,
        1,
        results ->
            results.forEach(
                frame -> frames.get(frame.task()).add(frame.withSecondsAdapt(secondsAdapt))));
    return frames;
  }

  private double frameMean(List<FrameResult> frames) {
    return frames.stream()
        .filter(frame -> frame.value().isPresent())
        .mapToDouble(frame -> frame.value().getAsDouble())
        .average()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "video %s has no frame annotated for %s: the offline method cannot"
                            .formatted(videoId, frames.get(0).task().title())
                        + " choose its best iteration\nleave the method out for this video"));
  }

  /** Keeps the best model's frames of one task. */
  private static final class Oracle {

    private final List<Candidate> candidates = new ArrayList<>();
    private List<FrameResult> bestFrames = List.of();
    private Candidate best;

    /** Takes over what a checkpoint holds: among equals the earliest candidate is the best. */
    void goOn(Task task, AdaptationCheckpoints.Resumed before) {
      for (Candidate candidate : before.progress().candidates().getOrDefault(task, List.of())) {
        look(candidate, List.of());
      }
      bestFrames = before.results().stream().filter(frame -> frame.task() == task).toList();
    }

    void look(Candidate candidate, List<FrameResult> frames) {
      candidates.add(candidate);
      if (best == null || candidate.frameMean() > best.frameMean()) {
        best = candidate;
        bestFrames = frames;
      }
    }

    void tellBest(Task task, FrameSink sink) {
      if (best != null) {
        sink.candidate(task, best.iteration());
      }
    }

    TaskOutcome outcome() {
      return new TaskOutcome(
          bestFrames.size(),
          OptionalDouble.of(best.frameMean()),
          OptionalInt.of(best.iteration()),
          List.copyOf(candidates));
    }
  }
}
