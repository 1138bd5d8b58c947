package io.videottt.jobs.sweep.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.runtime.ProgressLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepProgressTest {

  private static VideoProgress progress(
      String video, VideoProgress.Done done, double secondsPerFrame, double loss, long sequence) {
    Map<Task, Double> means = new EnumMap<>(Task.class);
    means.put(Task.INSTANCE, Double.NaN);
    means.put(Task.SEMANTIC, 54.321);
    return new VideoProgress(
        "tiny/test/" + video,
        video,
        Methods.ONLINE_TTT_MAE,
        2,
        10,
        means,
        secondsPerFrame,
        done,
        20,
        new VideoProgress.Loss(loss, loss / 2),
        sequence);
  }

  @Test
  void theProgressLineTellsEveryTasksMetric() {
    VideoProgress progress = progress("0001", new VideoProgress.Done(4, 2, 0, 22, 5), 0.25, 0.8, 1);
    ProgressLine line = new ProgressLine(new PrintWriter(new StringWriter()), false, Duration.ZERO);
    SweepProgress sweep = new SweepProgress(line, 8, 100);
    sweep.receive(progress);

    assertThat(sweep.describe(progress, 10))
        .isEqualTo(
            "unit 3 of 8 | 0001 | Online TTT-MAE | frame 2 of 10 | mIoU 54.32, AP - |"
                + " 0.250 s/frame | ETA 40 s");
  }

  @Test
  void sparksPageOfATaskTellsTheVideoAndHowFarItIs() {
    VideoProgress progress =
        progress("0002", new VideoProgress.Done(14, 3, 0, 22, 5), 0.25, 0.8, 1);

    assertThat(new ProgressAccumulator.Latest(Map.of("t", progress)))
        .hasToString("video 0002: 14 units, 3 done; Online TTT-MAE, frame 2 of 10");
    assertThat(new ProgressAccumulator.Latest(Map.of("t", progress, "u", progress)))
        .hasToString("2 Spark tasks");
  }

  @Test
  void gaugesAddUpTheNewestReportsOfAllVideosAndAverageOverThoseThatRun() {
    SweepMetrics.Gauges gauges = new SweepMetrics.Gauges();
    MetricRegistry registry = new MetricRegistry();
    gauges.register(registry);

    gauges.receive(progress("a", new VideoProgress.Done(4, 1, 0, 12, 5), 0.5, 0.4, 7));
    gauges.receive(progress("a", new VideoProgress.Done(4, 0, 0, 9, 4), 9, 9, 6));
    gauges.receive(progress("b", new VideoProgress.Done(4, 2, 1, 20, 6), 0.3, 0.8, 1));
    gauges.receive(progress("c", new VideoProgress.Done(2, 2, 0, 20, 8), 7, 7, 1));

    assertThat(value(registry, "units.finished")).isEqualTo(5);
    assertThat(value(registry, "units.failed")).isEqualTo(1);
    assertThat(value(registry, "frames.finished")).isEqualTo(52);
    assertThat(value(registry, "videos.running")).isEqualTo(2);
    assertThat(value(registry, "seconds.computing")).isEqualTo(19);
    assertThat(value(registry, "seconds.perFrame")).isEqualTo(0.4);
    assertThat(value(registry, "loss.before")).isEqualTo((0.4 + 0.8) / 2);
    assertThat(value(registry, "loss.after")).isEqualTo((0.2 + 0.4) / 2);
  }

  private static double value(MetricRegistry registry, String name) {
    return (double) registry.getGauges().get(name).getValue();
  }
}
