package io.videottt.jobs.evaluate;

import io.videottt.base.InvalidInputException;
import io.videottt.jobs.runtime.OutOfMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scores frames in parallel and adds them up in their order, so that neither a number nor the
 * problems that are reported depend on the number of threads. A frame that cannot be scored is
 * reported with its reason; the others go on.
 */
public final class EvaluationRun {

  private final int threads;

  public EvaluationRun(int threads) {
    this.threads = threads;
  }

  public <C> EvaluationResult run(FrameEvaluation<C> evaluation, FrameChoice choice) {
    List<String> names = FrameNames.of(evaluation.files());
    List<Integer> frames = choice.frames();
    Map<String, Map<String, Optional<Double>>> perFrame = new LinkedHashMap<>();
    Map<String, Map<String, Optional<Double>>> released = new LinkedHashMap<>();
    Map<String, String> notScored = new LinkedHashMap<>();
    C pooled = evaluation.empty();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Deque<Future<C>> ahead = new ArrayDeque<>();
      int submitted = 0;
      for (int frame : frames) {
        // Few frames ahead: the results of a long set are not piled up.
        while (submitted < frames.size() && ahead.size() < 2 * threads) {
          int next = frames.get(submitted++);
          ahead.add(pool.submit(() -> evaluation.count(next)));
        }
        String name = names.get(frame);
        try {
          C counts = result(ahead.remove(), name);
          perFrame.put(name, evaluation.values(counts));
          released.put(name, evaluation.released(counts));
          evaluation.add(pooled, counts);
        } catch (UnscoredFrame e) {
          notScored.put(name, e.getMessage());
        }
      }
    } finally {
      pool.shutdownNow();
    }
    List<String> unmatched = new ArrayList<>(choice.unmatched());
    unmatched.addAll(evaluation.unmatched());
    return new EvaluationResult(
        evaluation.task(),
        evaluation.metrics(),
        perFrame,
        evaluation.values(pooled),
        released,
        ClassValues.of(evaluation, pooled),
        notScored,
        unmatched,
        evaluation.notes(pooled));
  }

  private static <C> C result(Future<C> future, String frame) throws UnscoredFrame {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidInputException invalid) {
        throw new UnscoredFrame(invalid);
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw OutOfMemory.failure(e.getCause());
      }
      throw new IllegalStateException("frame %s cannot be scored".formatted(frame), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InvalidInputException("stopped before frame %s was scored".formatted(frame), e);
    }
  }

  /** What is wrong with one frame. */
  private static final class UnscoredFrame extends Exception {

    private static final long serialVersionUID = 1L;

    UnscoredFrame(InvalidInputException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
