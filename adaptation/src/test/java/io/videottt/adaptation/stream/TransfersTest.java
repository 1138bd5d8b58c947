package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.catalog.video.Video;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.TransferCount;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes between the host and a device for a frame, and how often the host waits for it. */
class TransfersTest {

  private static final int MEGABYTE = 1_000_000;
  private static final List<Video> TRAINING =
      List.of(new SyntheticVideo("training", 4, 48, 64, 7, false, 1));

  /** Small samples of the frame's own pixels, some of them mirrored. */
  private static final Map<String, Object> WINDOWS =
      Map.of("batchSize", 6, "window", 3, "cropHeight", 32, "cropWidth", 40, "flip", true);

  /** The results of a unit as a device would compute it, and what went over for every frame. */
  private record Observed(List<FrameResult> results, List<TransferCount.Sums> frames) {}

  private static Observed observed(
      AdaptationRunner runner,
      SyntheticVideo video,
      Set<Task> tasks,
      Method method,
      AdaptationSettings settings) {
    TransferCount count = new TransferCount();
    List<FrameResult> results = new ArrayList<>();
    List<TransferCount.Sums> frames = new ArrayList<>();
    Transfers.observed(
        count,
        () -> {
          run(
              runner,
              video,
              tasks,
              method,
              settings,
              result -> {
                results.add(result);
                if (results.size() % tasks.size() == 0) {
                  frames.add(count.take());
                }
              });
          return null;
        });
    return new Observed(results, frames);
  }

  private static void run(
      AdaptationRunner runner,
      SyntheticVideo video,
      Set<Task> tasks,
      Method method,
      AdaptationSettings settings,
      FrameSink sink) {
    try {
      runner.run(video, tasks, method, settings, 5, sink);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AdaptationSettings settings(Map<String, Object> overrides) {
    return AdaptationSettings.small().with(overrides, "test");
  }

  @Test
  void anAdaptedFrameOfStreetsWaitsTwiceAndCopiesLittle() {
    SyntheticVideo video = new SyntheticVideo("streets", 3, 1024, 2048, 3, false, 1);
    AdaptationSettings settings =
        settings(
            Map.of(
                "batchSize",
                4,
                "microBatchSize",
                2,
                "window",
                2,
                "cropHeight",
                512,
                "cropWidth",
                1024,
                "maskPatch",
                16));
    try (SegmentationModel model = TinyModels.create(1);
        AdaptationRunner runner = new AdaptationRunner(model, SyntheticVideo.CLASSES, TRAINING)) {
      Observed online =
          observed(runner, video, Set.of(Task.SEMANTIC), Methods.ONLINE_TTT_MAE, settings);
      assertThat(online.frames())
          .hasSize(3)
          .allSatisfy(
              frame -> {
                assertThat(frame.waits()).isLessThanOrEqualTo(2);
                assertThat(frame.up()).isBetween(6L * MEGABYTE, 8L * MEGABYTE);
                assertThat(frame.down()).isBetween(2L * MEGABYTE, 4L * MEGABYTE);
              });
      Observed fixed =
          observed(runner, video, Set.of(Task.SEMANTIC), Methods.MAE_JOINT_TRAINING, settings);
      assertThat(fixed.frames()).allSatisfy(frame -> assertThat(frame.waits()).isEqualTo(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mae-joint-training",
        "online-ttt-mae",
        "ttt-mae-no-memory",
        "tent",
        "self-train",
        "foreign-frames",
        "ln-adapt"
      })
  void aDeviceComputesWhatTheHostDoes(@ConvertWith(MethodById.class) Method method) {
    SyntheticVideo video = SyntheticVideo.of("video", 4, 3);
    for (Map<String, Object> overrides :
        List.of(
            WINDOWS,
            Map.<String, Object>of("batchSize", 4, "window", 2, "height", 40, "width", 56),
            Map.<String, Object>of("batchSize", 4, "precision", "fp16"))) {
      AdaptationSettings settings = settings(overrides);
      try (SegmentationModel model = TinyModels.create(1);
          AdaptationRunner runner = new AdaptationRunner(model, SyntheticVideo.CLASSES, TRAINING)) {
        List<FrameResult> plain = new ArrayList<>();
        run(runner, video, Set.of(Task.SEMANTIC), method, settings, plain::add);
        Observed observed = observed(runner, video, Set.of(Task.SEMANTIC), method, settings);
        assertThat(AdaptationRunnerTest.withoutTimes(observed.results()))
            .as("%s", overrides)
            .isEqualTo(AdaptationRunnerTest.withoutTimes(plain));
      }
    }
  }

  @Test
  void segmentsAndObjectsAreTheSameToo() {
    SyntheticVideo video = new SyntheticVideo("video", 3, 40, 56, 3, false, 1);
    Set<Task> tasks = EnumSet.of(Task.SEMANTIC, Task.PANOPTIC, Task.INSTANCE);
    AdaptationSettings settings = settings(WINDOWS);
    try (SegmentationModel model = TinyModels.mask2Former(1, SyntheticVideo.CLASSES.size());
        AdaptationRunner runner = new AdaptationRunner(model, SyntheticVideo.CLASSES, TRAINING)) {
      List<FrameResult> plain = new ArrayList<>();
      run(runner, video, tasks, Methods.ONLINE_TTT_MAE, settings, plain::add);
      Observed observed = observed(runner, video, tasks, Methods.ONLINE_TTT_MAE, settings);
      assertThat(observed.results())
          .extracting(FrameResult::task, FrameResult::value, FrameResult::gradientNorm)
          .isEqualTo(
              plain.stream()
                  .map(frame -> tuple(frame.task(), frame.value(), frame.gradientNorm()))
                  .toList());
    }
  }
}
