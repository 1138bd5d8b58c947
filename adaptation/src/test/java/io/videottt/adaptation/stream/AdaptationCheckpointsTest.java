package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.training.Killer.KilledException;
import io.videottt.base.Task;
import io.videottt.model.folder.SegmentationModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A unit that was stopped goes on from its checkpoint as if nothing had happened. */
class AdaptationCheckpointsTest {

  private static final Map<String, String> IDENTITY = Map.of("video", "a", "weights", "f0");
  private static final Set<Task> TASKS = Set.of(Task.SEMANTIC);
  private static final SyntheticVideo VIDEO = SyntheticVideo.of("video", 7, 3);

  /** The optimiser keeps its moments, so that they have to be restored as well. */
  private static final AdaptationSettings SETTINGS =
      AdaptationRunnerTest.SETTINGS.with(Map.of("resetOptimizer", false), "test");

  @TempDir private Path folder;

  private final List<String> notices = new ArrayList<>();
  private SegmentationModel model;
  private AdaptationRunner runner;

  @BeforeEach
  void open() {
    model = TinyModels.create(1);
    runner =
        new AdaptationRunner(
            model, SyntheticVideo.CLASSES, List.of(SyntheticVideo.of("training", 6, 77)));
  }

  @AfterEach
  void close() {
    runner.close();
    model.close();
  }

  private AdaptationCheckpoints checkpoints(Map<String, String> identity) {
    return AdaptationCheckpoints.in(
        new org.apache.hadoop.fs.Path(folder.resolve("unit").toUri()),
        new Configuration(false),
        identity,
        Duration.ZERO,
        notices::add);
  }

  private TaskOutcome run(Method method, AdaptationCheckpoints checkpoints, FrameSink sink)
      throws InterruptedException {
    return run(method, SETTINGS, checkpoints, sink);
  }

  private TaskOutcome run(
      Method method, AdaptationSettings settings, AdaptationCheckpoints checkpoints, FrameSink sink)
      throws InterruptedException {
    return runner.run(VIDEO, TASKS, method, settings, 5, checkpoints, sink).get(Task.SEMANTIC);
  }

  /** A sink that dies at its n-th call, be it a frame or an iteration of the offline method. */
  private static FrameSink killedAt(int call) {
    return new FrameSink() {
      private int calls;

      @Override
      public void accept(FrameResult result) {
        count();
      }

      @Override
      public void training(int iteration, int iterations) {
        count();
      }

      private void count() {
        if (++calls == call) {
          throw new KilledException();
        }
      }
    };
  }

  @ParameterizedTest
  @MethodSource("io.videottt.adaptation.method.Methods#all")
  void goesOnBitForBitAfterBeingKilledTwice(Method method) throws InterruptedException {
    assertGoesOnBitForBit(method, SETTINGS);
  }

  @Test
  void goesOnWithThePredictionsThatAreStillToBeAveraged() throws InterruptedException {
    assertGoesOnBitForBit(
        Methods.ONLINE_TTT_MAE,
        SETTINGS.with(Map.of("prediction", Map.of("smoothing", 4)), "test"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void goesOnWithTheFramesThatArePredictedTogether(int together) throws InterruptedException {
    for (int smoothing : new int[] {1, 4}) {
      Map<String, Object> prediction = Map.of("frameBatchSize", together, "smoothing", smoothing);
      assertGoesOnBitForBit(
          Methods.MAE_JOINT_TRAINING, SETTINGS.with(Map.of("prediction", prediction), "test"));
    }
  }

  @Test
  void goesOnAtItsPlaceInTheShuffledOrder() throws InterruptedException {
    AdaptationSettings shuffled = SETTINGS.with(Map.of("frameOrder", "shuffled"), "test");
    assertGoesOnBitForBit(Methods.ONLINE_TTT_MAE, shuffled);
    assertGoesOnBitForBit(
        Methods.MAE_JOINT_TRAINING,
        shuffled.with(Map.of("prediction", Map.of("smoothing", 4)), "test"));
  }

  /**
   * In half precision the scale of the loss has its say in every step, the first of which is left
   * out.
   */
  @ParameterizedTest
  @ValueSource(strings = {"online-ttt-mae", "offline-ttt-mae-all-frames", "self-train", "ln-adapt"})
  void goesOnBitForBitInHalfPrecision(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    assertGoesOnBitForBit(
        method, SETTINGS.with(Map.of("precision", "fp16", "resetOptimizer", false), "test"));
  }

  /** What the released presets have that the others do not. */
  @ParameterizedTest
  @ValueSource(strings = {"online-ttt-mae", "offline-ttt-mae-all-frames", "foreign-frames", "tent"})
  void goesOnWithPassesOverTheWindowAndScaledSamples(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    assertGoesOnBitForBit(
        method,
        SETTINGS.with(
            Map.of(
                "batchSize",
                3,
                "iterationsPerFrame",
                2,
                "sampleOrder",
                "shuffled-passes",
                "cropHeight",
                32,
                "cropWidth",
                32,
                "scaleJitter",
                Map.of("minimum", 0.5, "maximum", 2, "of", "crop"),
                "dropPath",
                true,
                "decayBiases",
                true),
            "test"));
  }

  private void assertGoesOnBitForBit(Method method, AdaptationSettings settings)
      throws InterruptedException {
    List<FrameResult> undisturbed = new ArrayList<>();
    TaskOutcome expected = run(method, settings, AdaptationCheckpoints.none(), undisturbed::add);

    assertThatThrownBy(() -> run(method, settings, checkpoints(IDENTITY), killedAt(3)))
        .isInstanceOf(KilledException.class);
    assertThatThrownBy(() -> run(method, settings, checkpoints(IDENTITY), killedAt(5)))
        .isInstanceOf(KilledException.class);
    List<FrameResult> resumed = new ArrayList<>();
    AdaptationCheckpoints last = checkpoints(IDENTITY);
    TaskOutcome outcome = run(method, settings, last, resumed::add);

    assertThat(notices).isEmpty();
    assertThat(AdaptationRunnerTest.withoutTimes(resumed))
        .isEqualTo(AdaptationRunnerTest.withoutTimes(undisturbed));
    assertThat(outcome).isEqualTo(expected);
    try {
      last.remove();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void framesBeforeTheCheckpointAreNotComputedAgain() throws InterruptedException {
    assertThatThrownBy(() -> run(Methods.ONLINE_TTT_MAE, checkpoints(IDENTITY), killedAt(5)))
        .isInstanceOf(KilledException.class);
    List<FrameResult> first = new ArrayList<>();
    run(Methods.ONLINE_TTT_MAE, checkpoints(IDENTITY), first::add);
    List<FrameResult> second = new ArrayList<>();
    run(Methods.ONLINE_TTT_MAE, checkpoints(IDENTITY), second::add);
    // The second run only hands on what the checkpoint after the last frame holds, times included.
    assertThat(second)
        .extracting(FrameResult::secondsAdapt)
        .isEqualTo(first.stream().map(FrameResult::secondsAdapt).toList());
  }

  @Test
  void onlyTheLastCheckpointStaysAndNothingAfterTheEnd() throws Exception {
    AdaptationCheckpoints checkpoints = checkpoints(IDENTITY);
    run(Methods.ONLINE_TTT_MAE, checkpoints, result -> {});
    assertThat(files("unit")).filteredOn(name -> name.startsWith("parameters")).hasSize(1);
    assertThat(files("unit")).filteredOn(name -> name.startsWith("optimizer")).hasSize(1);
    checkpoints.remove();
    assertThat(folder.resolve("unit")).doesNotExist();
  }

  @Test
  void aCheckpointOfOtherWeightsIsRefusedWithTheReason() throws InterruptedException {
    run(Methods.ONLINE_TTT_MAE, checkpoints(IDENTITY), result -> {});
    List<FrameResult> undisturbed = new ArrayList<>();
    run(Methods.ONLINE_TTT_MAE, AdaptationCheckpoints.none(), undisturbed::add);
    List<FrameResult> again = new ArrayList<>();
    run(Methods.ONLINE_TTT_MAE, checkpoints(Map.of("video", "a", "weights", "f1")), again::add);
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("starts again", "weights was f0, now f1")
        .doesNotContain("\n");
    assertThat(AdaptationRunnerTest.withoutTimes(again))
        .isEqualTo(AdaptationRunnerTest.withoutTimes(undisturbed));
  }

  @Test
  void aDamagedCheckpointIsRefusedAndTheUnitIsRightAllTheSame() throws Exception {
    List<FrameResult> undisturbed = new ArrayList<>();
    run(Methods.ONLINE_TTT_MAE, AdaptationCheckpoints.none(), undisturbed::add);
    for (String kind : List.of("parameters", "optimizer", "results", "checkpoint")) {
      assertThatThrownBy(() -> run(Methods.ONLINE_TTT_MAE, checkpoints(IDENTITY), killedAt(4)))
          .isInstanceOf(KilledException.class);
      for (String name : files("unit")) {
        if (name.startsWith(kind)) {
          Path file = folder.resolve("unit").resolve(name);
          byte[] bytes = Files.readAllBytes(file);
          Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        }
      }
      notices.clear();
      List<FrameResult> again = new ArrayList<>();
      AdaptationCheckpoints checkpoints = checkpoints(IDENTITY);
      run(Methods.ONLINE_TTT_MAE, checkpoints, again::add);
      assertThat(notices).as(kind).hasSize(1);
      assertThat(AdaptationRunnerTest.withoutTimes(again))
          .isEqualTo(AdaptationRunnerTest.withoutTimes(undisturbed));
      checkpoints.remove();
    }
  }

  @Test
  void aFlippedByteAnywhereInACheckpointIsFoundAndNamedAndTheUnitIsRightAllTheSame()
      throws Exception {
    AdaptationSettings smoothed =
        SETTINGS.with(Map.of("prediction", Map.of("smoothing", 4)), "test");
    List<FrameResult> undisturbed = new ArrayList<>();
    run(Methods.ONLINE_TTT_MAE, smoothed, AdaptationCheckpoints.none(), undisturbed::add);
    assertThatThrownBy(
            () -> run(Methods.ONLINE_TTT_MAE, smoothed, checkpoints(IDENTITY), killedAt(4)))
        .isInstanceOf(KilledException.class);
    Path whole = folder.resolve("unit");
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : files("unit")) {
      files.put(name, Files.readAllBytes(whole.resolve(name)));
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(5);
    SplittableRandom random = new SplittableRandom(40);
    List<String> names = List.copyOf(files.keySet());
    for (int flip = 0; flip < 40; flip++) {
      String name = names.get(flip % names.size());
      byte[] flipped = files.get(name).clone();
      int place = random.nextInt(flipped.length);
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      for (String left : files("unit")) {
        Files.delete(whole.resolve(left));
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(whole.resolve(file.getKey()), file.getValue());
      }
      Files.write(whole.resolve(name), flipped);
      notices.clear();

      List<FrameResult> again = new ArrayList<>();
      run(Methods.ONLINE_TTT_MAE, smoothed, checkpoints(IDENTITY), again::add);

      assertThat(notices).as("byte %d of %s", place, name).hasSize(1);
      if (!name.equals(AdaptationCheckpoints.INDEX)) {
        assertThat(notices.get(0)).contains(name + " is damaged");
      }
      assertThat(AdaptationRunnerTest.withoutTimes(again))
          .isEqualTo(AdaptationRunnerTest.withoutTimes(undisturbed));
    }
  }

  @Test
  void aCheckpointCannotNameFilesElsewhere() throws Exception {
    run(Methods.ONLINE_TTT_MAE, checkpoints(IDENTITY), result -> {});
    Path index = folder.resolve("unit/checkpoint.json");
    String json = Files.readString(index);
    Files.writeString(index, json.replaceFirst("parameters-[^\"]*", "../../elsewhere"));
    run(Methods.ONLINE_TTT_MAE, checkpoints(IDENTITY), result -> {});
    assertThat(notices).singleElement().asString().contains("../../elsewhere");
  }

  @Test
  void checkpointsAreDueAfterTheInterval() {
    AdaptationCheckpoints rare =
        AdaptationCheckpoints.in(
            new org.apache.hadoop.fs.Path(folder.toUri()),
            new Configuration(false),
            IDENTITY,
            Duration.ofDays(1),
            notices::add);
    assertThat(rare.due()).isFalse();
    assertThat(checkpoints(IDENTITY).due()).isTrue();
    assertThat(AdaptationCheckpoints.none().due()).isFalse();
  }

  private List<String> files(String below) throws IOException {
    try (var list = Files.list(folder.resolve(below))) {
      return list.map(Path::toFile).map(File::getName).toList();
    }
  }
}
