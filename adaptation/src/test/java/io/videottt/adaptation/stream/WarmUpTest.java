package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.video.Video;
import io.videottt.model.folder.SegmentationModel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a process computes before its first unit of a kind leaves no trace but in its seconds. */
class WarmUpTest {

  private static final List<ClassDefinition> CLASSES = SyntheticVideo.CLASSES;

  @Test
  void aUnitAfterAWarmUpEqualsOneWithout() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 5, 3);
    for (Method method :
        List.of(
            Methods.MAE_JOINT_TRAINING,
            Methods.ONLINE_TTT_MAE,
            Methods.OFFLINE_TTT_MAE_ALL_FRAMES,
            Methods.TENT_CLASS_BALANCE)) {
      assertThat(results(video, method, true))
          .as(method.id())
          .isEqualTo(results(video, method, false));
    }
  }

  @Test
  void aProcessIsWarmedUpOncePerKind() throws InterruptedException {
    AtomicInteger read = new AtomicInteger();
    Video video =
        new AlteredVideo(
            SyntheticVideo.of("video", 9, 3),
            frame -> {
              read.incrementAndGet();
              return frame;
            });
    try (SegmentationModel model = TinyModels.create(1);
        AdaptationRunner runner = new AdaptationRunner(model, CLASSES, List.of())) {
      warmUp(runner, video, Methods.SELF_TRAIN);
      int first = read.get();
      warmUp(runner, video, Methods.SELF_TRAIN);
      assertThat(read).hasValue(first);
    }
  }

  @Test
  void aBrokenFrameIsLeftToTheUnit() throws InterruptedException {
    try (SegmentationModel model = TinyModels.create(1);
        AdaptationRunner runner = new AdaptationRunner(model, CLASSES, List.of())) {
      Video broken =
          new AlteredVideo(
              SyntheticVideo.of("video", 3, 3),
              frame -> {
                throw new InvalidInputException("000000.png: the image is damaged");
              });
      warmUp(runner, broken, Methods.LN_ADAPT);
    }
  }

  private static List<List<Object>> results(SyntheticVideo video, Method method, boolean warm)
      throws InterruptedException {
    try (SegmentationModel model = TinyModels.create(1);
        AdaptationRunner runner = new AdaptationRunner(model, CLASSES, List.of())) {
      if (warm) {
        warmUp(runner, video, method);
      }
      return AdaptationRunnerTest.withoutTimes(
          AdaptationRunnerTest.run(runner, video, method, AdaptationRunnerTest.SETTINGS, 5));
    }
  }

  private static void warmUp(AdaptationRunner runner, Video video, Method method)
      throws InterruptedException {
    runner.warmUp(video, Set.of(Task.SEMANTIC), method, AdaptationRunnerTest.SETTINGS, 5);
  }
}
