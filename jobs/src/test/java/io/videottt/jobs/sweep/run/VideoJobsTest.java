package io.videottt.jobs.sweep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.method.Methods;
import io.videottt.catalog.Catalog;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VideoJobsTest {

  /** Two tasks run at once, whatever the machine has. */
  private final SparkSession spark =
      SparkSessions.start("test", new SparkSettings(Optional.of("local[2]"), Map.of()));

  @AfterEach
  void stop() {
    spark.stop();
  }

  private static List<VideoWork> videos(String... names) {
    return Stream.of(names)
        .map(
            name ->
                VideoWork.of(
                    Catalog.builtIn().definition("kitti-step"),
                    "val",
                    name,
                    AdaptationWork.of(
                        List.of(SyntheticResults.unit(name, Methods.MAE_JOINT_TRAINING, 0)),
                        AssumedCosts.UNIT)))
        .toList();
  }

  @Test
  void resultsComeInTheOrderOfTheVideos() throws IOException {
    List<VideoWork> videos = videos("0002", "0006", "0007");

    List<String> results =
        new VideoJobs(spark, VideoJobs.group("sweep", videos))
            .run(videos, task -> List.of(task.video(), task.video() + "'").iterator());

    assertThat(VideoJobs.group("sweep kitti-step", videos))
        .isEqualTo("sweep kitti-step: 3 videos, 3 units");
    assertThat(results).containsExactly("0002", "0002'", "0006", "0006'", "0007", "0007'");
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aTaskThatSparkGivesUpEndsTheOthersAndIsTheReason() {
    List<VideoWork> videos = videos("endless", "broken", "waiting");

    assertThatThrownBy(() -> new VideoJobs(spark, "sweep").run(videos, VideoJobsTest::breakOrWait))
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("the disk of broken is full");
  }

  private static Iterator<String> breakOrWait(VideoWork task) throws IOException {
    if (task.video().equals("broken")) {
      throw new IOException("the disk of broken is full");
    }
    while (!TaskContext.get().isInterrupted()) {
      LockSupport.parkNanos(1_000_000);
    }
    throw new IOException("cancelled");
  }
}
