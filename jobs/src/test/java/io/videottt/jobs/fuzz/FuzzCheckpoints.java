package io.videottt.jobs.fuzz;

import ai.djl.Device;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.stream.AdaptationCheckpoints;
import io.videottt.adaptation.stream.AdaptationRunner;
import io.videottt.adaptation.stream.FrameSink;
import io.videottt.adaptation.stream.LastCheckpoint;
import io.videottt.adaptation.training.JointTrainer;
import io.videottt.adaptation.training.TrainingListener;
import io.videottt.adaptation.training.TrainingSettings;
import io.videottt.adaptation.training.TrainingStart;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The readers of checkpoints: of a unit, whose index and tensors and results are given their right
 * checksums again, so that what they hold is reached, and of a training, whose files are taken for
 * those of a version without checksums.
 */
final class FuzzCheckpoints {

  private static final Configuration HADOOP = new Configuration();
  private static final List<byte[]> NO_BOMBS = List.of();
  private static final String INDEX = "checkpoint.json";
  private static final String CHECKSUMS = "checksums.json";
  private static final Pattern OWN_CHECKSUM = Pattern.compile("\"checksum\":\"[0-9a-f]*\"}$");

  /** How many ordinary inputs a unit's or a training's going on takes the time of. */
  private static final int UNIT = 4;

  private static final int TRAINING = 10;

  /** Ends a run when there is a checkpoint. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Path root;
  private final Path model;
  private final DataSet data;

  private FuzzCheckpoints(Path root, Path tiny) {
    this.root = root;
    this.model = tiny.resolve("joint");
    this.data =
        Catalog.withFolder(hadoop(tiny.resolve("catalog")), HADOOP)
            .open("tiny", Optional.empty(), HADOOP);
  }

  /**
   * All of them.
   *
   * @param root for the checkpoints
   * @param tiny folder of a {@link TinySweep} with two frames in its first video
   */
  static List<FuzzTarget> of(Path root, Path tiny) throws Exception {
    FuzzCheckpoints checkpoints = new FuzzCheckpoints(root, tiny);
    List<FuzzTarget> targets = new ArrayList<>();
    targets.addAll(checkpoints.ofUnit());
    targets.addAll(checkpoints.ofTraining());
    return targets;
  }

  private List<FuzzTarget> ofUnit() throws IOException {
    Path written = root.resolve("unit-checkpoint");
    try {
      adapt(written, frame -> stopAt(frame, 1));
      throw new IllegalStateException("the unit was not stopped");
    } catch (StoppedException e) {
      // Its checkpoint stays.
    }
    List<FuzzTarget> targets = new ArrayList<>();
    for (Path file : files(written)) {
      String name = file.getFileName().toString();
      boolean json = name.endsWith(".json") || name.endsWith(".jsonl");
      targets.add(
          new FuzzTarget(
                  "unit-" + name.replaceAll("[-.].*", ""),
                  json ? FuzzGrammar.JSON : FuzzGrammar.BYTES,
                  List.of(Files.readAllBytes(file)),
                  NO_BOMBS,
                  2,
                  (input, folder) -> {
                    Path copy = folder.resolve("unit");
                    FuzzModels.copy(written, copy);
                    Files.write(copy.resolve(name), input);
                    sign(copy.resolve(INDEX), name, input);
                    return resume(copy);
                  })
              .costing(UNIT)
              .leaving(FuzzCheckpoints::opensUnit));
    }
    return targets;
  }

  private static void stopAt(FrameResult frame, int index) {
    if (frame.index() == index) {
      throw new StoppedException();
    }
  }

  /** Gives an index the checksum of a file, and its own. */
  private static void sign(Path index, String name, byte[] input) throws IOException {
    String text = Files.readString(index, StandardCharsets.ISO_8859_1);
    if (!name.equals(INDEX)) {
      text =
          text.replaceAll(
              "(\"%s\":\")[0-9a-f]{64}".formatted(Pattern.quote(name)), "$1" + Sha256.of(input));
    }
    Matcher own = OWN_CHECKSUM.matcher(text);
    if (own.find()) {
      String plain = own.replaceFirst("\"checksum\":\"\"}");
      String sum = Sha256.of(plain.getBytes(StandardCharsets.ISO_8859_1));
      text = own.replaceFirst("\"checksum\":\"%s\"}".formatted(sum));
      Files.writeString(index, text, StandardCharsets.ISO_8859_1);
    }
  }

  /** Goes on with the unit, from the checkpoint or from the beginning; why from the latter. */
  private String resume(Path checkpoints) throws IOException {
    Set<Integer> frames = new HashSet<>();
    List<String> notices = adapt(checkpoints, frame -> frames.add(frame.index()));
    if (!frames.containsAll(Set.of(0, 1))) {
      throw new IllegalStateException("the unit has ended with the frames " + frames);
    }
    return String.join("\n", notices);
  }

  /** Runs a unit of two frames; what it says about its checkpoints. */
  private List<String> adapt(Path checkpoints, FrameSink sink) throws IOException {
    List<String> notices = new ArrayList<>();
    AdaptationSettings settings =
        AdaptationSettings.small()
            .with(
                Map.of("batchSize", 1, "threads", 1, "prediction", Map.of("smoothing", 2)), "fuzz");
    Video video = data.video("test", "a");
    try (SegmentationModel loaded = FuzzModels.load(model);
        AdaptationRunner runner =
            new AdaptationRunner(loaded, data.definition().classes(), List.of())) {
      runner.run(
          video,
          Set.of(Task.SEMANTIC),
          Methods.ONLINE_TTT_MAE,
          settings,
          7,
          AdaptationCheckpoints.in(
              hadoop(checkpoints), HADOOP, Map.of("unit", "fuzz"), Duration.ZERO, notices::add),
          sink);
    } catch (DivergenceException e) {
      // Numbers of a checkpoint may be any; that they lead nowhere is said.
      throw new InvalidInputException(FailureMessages.describe(e), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return notices;
  }

  /** What is kept after the unit went on can be gone on from. */
  private static void opensUnit(Path folder) throws IOException {
    if (Files.exists(folder.resolve("unit").resolve(INDEX))) {
      if (LastCheckpoint.in(hadoop(folder.resolve("unit")), HADOOP).isEmpty()) {
        throw new IllegalStateException("nothing to go on from in " + folder);
      }
    }
  }

  private List<FuzzTarget> ofTraining() throws Exception {
    Path written = root.resolve("training");
    try {
      trainer(written, true).train();
      throw new IllegalStateException("the training was not stopped");
    } catch (StoppedException e) {
      // Its checkpoint stays.
    }
    List<FuzzTarget> targets = new ArrayList<>();
    for (Path file : files(written)) {
      String name = written.relativize(file).toString();
      if (!name.startsWith("checkpoint-")) {
        continue;
      }
      boolean json = name.endsWith(".json");
      targets.add(
          new FuzzTarget(
                  "training-" + name.replaceFirst("checkpoint-[^/]*/", "").replace('/', '-'),
                  json ? FuzzGrammar.JSON : FuzzGrammar.BYTES,
                  List.of(Files.readAllBytes(file)),
                  NO_BOMBS,
                  2,
                  (input, folder) -> {
                    Path copy = folder.resolve("training");
                    FuzzModels.copy(written, copy);
                    Files.write(copy.resolve(name), input);
                    if (!name.endsWith(CHECKSUMS)) {
                      Files.delete(copy.resolve(name.replaceFirst("/.*", "/" + CHECKSUMS)));
                    }
                    return train(copy);
                  })
              .costing(TRAINING)
              .leaving(FuzzCheckpoints::opensTraining));
    }
    return targets;
  }

  private String train(Path output) throws InterruptedException {
    try {
      trainer(output, false).train();
      return "";
    } catch (DivergenceException e) {
      return FailureMessages.describe(e);
    }
  }

  private JointTrainer trainer(Path output, boolean stop) {
    TrainingSettings settings =
        TrainingSettings.defaults()
            .with(
                Map.of(
                    "height", 32,
                    "width", 48,
                    "batchSize", 1,
                    "logStep", 1,
                    "validationStep", 0,
                    "checkpointMinutes", 0,
                    "mainTask", Map.of("iterations", 0, "warmUpIterations", 0),
                    "joint", Map.of("iterations", 2, "warmUpIterations", 1)),
                "fuzz");
    return new JointTrainer(
        settings,
        new TrainingStart.FromModel(hadoop(model)),
        data.definition().classes(),
        data.videos("train"),
        data.videos("test"),
        hadoop(output),
        HADOOP,
        Device.cpu(),
        new TrainingListener() {
          @Override
          public void progress(Progress progress) {}

          @Override
          public void checkpoint(String phase, int iteration, boolean resumed) {
            if (stop && !resumed && iteration == 1) {
              throw new StoppedException();
            }
          }
        });
  }

  /** Results that were written can be loaded. */
  private static void opensTraining(Path folder) {
    for (String result : List.of("joint", "main-task-only")) {
      Path made = folder.resolve("training").resolve(result);
      if (Files.exists(made)) {
        FuzzModels.load(made).close();
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
