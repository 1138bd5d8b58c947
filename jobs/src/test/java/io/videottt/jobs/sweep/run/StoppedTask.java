package io.videottt.jobs.sweep.run;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.util.function.Consumer;
import org.apache.spark.TaskKilledException;

/** Tasks of a few frames that are stopped, for tests of what a later one goes on from. */
final class StoppedTask {

  static final int FRAMES = 5;

  /** A method of each kind: without steps, with steps per frame, with iterations beforehand. */
  static final String METHODS =
      """
methods:
  - {method: mae-joint-training, preset: small}
  - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
  - {method: offline-ttt-mae-all-frames, preset: small, settings: {batchSize: 1, offlineIterations: 3, offlineEvaluationStep: 1}}
""";

  private StoppedTask() {}

  /** The adaptation of a video by a method. */
  static AdaptationWork group(VideoWork video, String id) {
    Method method = Methods.parse(id, "a test");
    return video.groups().stream()
        .filter(group -> group.adaptation().method() == method)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Stops the task, as Spark does, when it tells its progress for the n-th time: at its n-th frame,
   * or at the n-th iteration of the offline method and then at its frames.
   */
  static Consumer<VideoProgress> at(int report) {
    int[] told = {0};
    return progress -> {
      if (++told[0] == report) {
        throw new TaskKilledException("stopped");
      }
    };
  }
}
