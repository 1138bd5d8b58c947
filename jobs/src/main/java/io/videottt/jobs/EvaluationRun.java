package io.videottt.jobs;

import io.videottt.metrics.InvalidInputException;
import java.util.ArrayDeque;
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
 * Scores frames in parallel and adds them up in their order, so that neither a number nor the error
 * that is reported depends on the number of threads.
 */
final class EvaluationRun {

  private final int threads;

  EvaluationRun(int threads) {
    this.threads = threads;
  }

  <C> EvaluationResult run(FrameEvaluation<C> evaluation) {
    List<String> frames = evaluation.frames();
    Map<String, Map<String, Optional<Double>>> perFrame = new LinkedHashMap<>();
    C pooled = evaluation.empty();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Deque<Future<C>> ahead = new ArrayDeque<>();
      int submitted = 0;
      for (String name : frames) {
        // Few frames ahead: the results of a long set are not piled up.
        while (submitted < frames.size() && ahead.size() < 2 * threads) {
          int frame = submitted++;
          ahead.add(pool.submit(() -> evaluation.count(frame)));
        }
        C counts = result(ahead.remove(), name);
        perFrame.put(name, evaluation.values(counts));
        evaluation.add(pooled, counts);
      }
    } finally {
      pool.shutdownNow();
    }
    return new EvaluationResult(
        evaluation.task(), evaluation.metrics(), perFrame, evaluation.values(pooled));
  }

  private static <C> C result(Future<C> future, String frame) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidInputException invalid) {
        throw invalid;
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
}
