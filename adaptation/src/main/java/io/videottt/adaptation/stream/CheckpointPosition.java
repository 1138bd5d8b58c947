package io.videottt.adaptation.stream;

import io.videottt.base.Task;
import io.videottt.io.config.Require;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a unit has come, apart from tensors and results.
 *
 * @param position the next frame of a stream, or the iterations done of the offline method
 * @param trainingSeconds of the offline method's iterations; 0 for streams
 * @param candidates of the offline method so far, by task; empty for streams
 */
record CheckpointPosition(
    int position, double trainingSeconds, Map<Task, List<TaskOutcome.Candidate>> candidates) {

  /** Checks the values. */
  CheckpointPosition {
    Require.atLeast("position", position, 0);
    // In one order, so that equal progress is written with equal bytes.
    candidates = Collections.unmodifiableMap(new TreeMap<>(candidates));
  }

  static CheckpointPosition ofStream(int nextFrame) {
    return new CheckpointPosition(nextFrame, 0, Map.of());
  }
}
