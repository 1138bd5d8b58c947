package io.videottt.adaptation.stream;

import io.videottt.adaptation.method.Method;
import io.videottt.base.Task;
import io.videottt.model.tensor.Precision;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The frames that a process computes and forgets before its first unit of a kind. Until a process
 * has run the same code for some frames it is several times slower: native libraries are loaded,
 * code is compiled, what the engine needs for the shapes is made. Those seconds belong to the
 * process and not to the method that happens to come first.
 */
final class WarmUp {

  private static final int FRAMES = 3;

  /** A slow step is warm after the first one already. */
  private static final double ENOUGH_SECONDS = 2;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Set<Kind> DONE = ConcurrentHashMap.newKeySet();

  /**
   * Units of one kind run the same code.
   *
   * @param configuration the kind of the network's configuration
   * @param method whose code they run
   * @param tasks what is predicted
   */
  record Kind(Class<?> configuration, Method method, Set<Task> tasks, Precision precision) {}

  private WarmUp() {}

  /** Whether the process has not run this kind before; from now on it has. */
  static boolean begins(Kind kind) {
    return DONE.add(kind);
  }

  /** A sink that forgets its frames and ends the unit when there were enough of them. */
  static FrameSink sink(Set<Task> tasks) {
    long start = System.nanoTime();
    int[] results = {0};
    return result -> {
      results[0]++;
      boolean frameEnds = results[0] % tasks.size() == 0;
      boolean enough =
          results[0] >= FRAMES * tasks.size()
              || (System.nanoTime() - start) / NANOS_PER_SECOND > ENOUGH_SECONDS;
      if (frameEnds && enough) {
        throw new Ended();
      }
    };
  }

  /** Ends a unit whose results nobody wants. */
  static final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Ended() {
      super("warm", null, false, false);
    }
  }
}
