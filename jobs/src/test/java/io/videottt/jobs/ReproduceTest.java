package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/reproduce.md that need no published data, as they stand there. */
class ReproduceTest {

  private static final Pattern COMMANDS = Pattern.compile("```\\n(.*?)```", Pattern.DOTALL);

  /** How the check calls what a miniature must not have. */
  private static final String[] OTHER_PROBLEMS = {
    "missing:",
    "unreadable:",
    "wrong size:",
    "unknown label:",
    "segment mismatch:",
    "bad mask:",
    "unknown image:",
    "not read:"
  };

  /** Sizes and numbers in place of those of the paper's presets; all else is as shipped. */
  private static final List<String> SMALL =
      List.of(
          "height=32",
          "width=64",
          "cropHeight=32",
          "cropWidth=32",
          "microBatchSize=0",
          "offlineIterations=2",
          "offlineEvaluationStep=1");

  private static final String STREETS =
      """
      {"model_type": "videottt_feature_pyramid", "num_labels": 19,
       "encoder": {"stem": "convolution", "stem_channels": 4, "channels": [8, 8, 8, 8],
         "depths": [1, 1, 1, 1],
         "blocks": ["convolution", "convolution", "convolution", "convolution"],
         "num_heads": [0, 0, 0, 0], "window_sizes": [0, 0, 0, 0], "mlp_ratio": 2.0},
       "pyramid": {"channels": 8, "groups": 2},
       "loss": {"class_weights": [], "resolution": "quarter"}}
      """;

  private static final String COCO =
      """
      {"model_type": "mask2former", "num_labels": 133,
       "feature_size": 32, "hidden_dim": 32, "mask_feature_size": 8, "num_attention_heads": 4,
       "encoder_layers": 1, "encoder_feedforward_dim": 16, "decoder_layers": 2,
       "dim_feedforward": 16, "num_queries": 6,
       "backbone_config": {"embed_dim": 8, "depths": [1, 1, 1, 1], "num_heads": [1, 1, 2, 2],
         "window_size": 4}}
      """;

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  private Path folder;

  /** The commands of the chapter about the miniature. */
  private static List<String> commands() throws IOException {
    String page = Files.readString(Path.of("../docs/reproduce.md"));
    Matcher blocks = COMMANDS.matcher(page.substring(page.indexOf("\n## In small")));
    return blocks
        .results()
        .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
        .filter(line -> line.startsWith("./ttt "))
        .toList();
  }

  /** The arguments of a command, in a folder of its own. */
  private String[] arguments(String command) {
    return Arrays.stream(command.substring("./ttt ".length()).trim().split("\\s+"))
        .map(word -> word.replaceFirst("(^|=)runs/", "$1" + folder + "/"))
        .toArray(String[]::new);
  }

  @Test
  void theMiniatureIsInTheLayoutsThatTheCatalogReads() throws IOException {
    List<String> commands = commands();
    assertThat(commands.get(0)).startsWith("./ttt miniature ");
    TinySweep.Run written = TinySweep.run(arguments(commands.get(0)));
    assertThat(written.status()).as(written.err()).isZero();
    assertThat(written.out().lines()).hasSize(4);
    assertThat(written.out()).contains("kitti-step: 84 images in " + folder);
    List<String> checks = commands.stream().filter(c -> c.contains(" catalog check ")).toList();
    assertThat(checks).hasSize(4);
    for (String check : checks) {
      TinySweep.Run run = TinySweep.run(arguments(check));
      // Of COCO Videos no numbers of frames are published.
      boolean whole = check.contains("coco-videos");
      assertThat(run.status()).as(check + run.out() + run.err()).isEqualTo(whole ? 0 : 1);
      assertThat(run.out())
          .contains(whole ? "nothing is missing or wrong" : "not as published")
          .doesNotContain(OTHER_PROBLEMS);
    }
    TinySweep.Run again = TinySweep.run(arguments(commands.get(0)));
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err().lines()).singleElement().asString().contains("name a new folder");
  }

  @Test
  @Timeout(value = 9, unit = TimeUnit.MINUTES)
  void theShippedSweepsGoFromAMiniatureToBothTables() throws IOException {
    for (String role : List.of("joint", "main-task-only")) {
      writeModel("streets/" + role, STREETS);
      writeModel("miniature-coco/" + role, COCO);
    }
    List<String> commands = commands();
    List<String> sweeps = commands.stream().filter(c -> c.contains(" sweep ")).toList();
    assertThat(sweeps).hasSize(2);
    assertThat(sweeps.get(0)).contains("conf/sweeps/table1.yaml");
    assertThat(sweeps.get(1)).contains("conf/sweeps/table4.yaml");
    writeMiniature(2);
    for (String sweep : sweeps) {
      TinySweep.Run run = run(sweep);
      assertThat(run.err()).contains("--model panoptic.joint:", "for swin-s (panoptic)");
    }
    run(command(commands, " report "));

    Map<String, List<String>> table1 = rows("table1");
    Map<String, List<String>> table4 = rows("table4");
    assertThat(table1).hasSize(12).containsKeys("Offline TTT-MAE All Frames", "Foreign Frames");
    assertThat(table4).hasSize(6);
    // Instance, panoptic, val and test with published numbers; AP and PQ per video, too; seconds.
    requireFilled(table1.get("Online TTT-MAE"), "37.6", "21.7", "55.4", "54.3", "4.1");
    requireFilled(table1.get("Main Task Only"), "16.7", "13.9", "53.8", "52.5", "1.8");
    requireFilled(table1.get("LN Adapt"), "16.5", "14.7", "53.8", "52.5", "2.0");
    requireFilled(table4.get("Implicit Memory Only"), "36.1", "20.7", "54.3", "54.4");
    requireFilled(table4.get("Online TTT-MAE"), "37.6", "21.7", "55.4", "54.3");
    assertThat(table1.get("Self-Train")).contains("54.7", "54.0", "6.6");
    assertThat(Files.readString(folder.resolve("small-report/table1.md")))
        .contains("20 of 10,475 frames of COCO Videos", "42 of 8,008 frames of KITTI-STEP");
    assertThat(folder.resolve("small-report/index.html")).isRegularFile();
  }

  @Test
  @Timeout(value = 9, unit = TimeUnit.MINUTES)
  void theShippedGridChoosesOnAMiniature() throws IOException {
    for (String role : List.of("joint", "main-task-only")) {
      writeModel("streets/" + role, STREETS);
    }
    writeMiniature(1);
    run(command(commands(), " grid "));
    assertThat(Files.readString(folder.resolve("small-grid/chosen.yaml")))
        .contains(
            "joint: " + folder.resolve("streets/joint"),
            "preset: released-kitti-step",
            "cropHeight: 32",
            "settingsTried: 32");
  }

  private void writeMiniature(int frames) {
    String output = folder.resolve("miniature").toString();
    TinySweep.Run run =
        TinySweep.run("miniature", "--frames", String.valueOf(frames), "--output", output);
    assertThat(run.status()).as(run.err()).isZero();
  }

  private static String command(List<String> commands, String name) {
    return commands.stream().filter(c -> c.contains(name)).findFirst().orElseThrow();
  }

  /** A command of the page, with networks and sizes that are smaller still. */
  private TinySweep.Run run(String command) {
    List<String> arguments = new ArrayList<>(List.of(arguments(command)));
    arguments.replaceAll(
        word ->
            word.startsWith("conf/")
                ? "../" + word
                : word.replace("conf/models/demo-mask2former", folder + "/streets"));
    if (!command.contains(" report ")) {
      SMALL.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    }
    arguments.addAll(List.of("--master", "local[2]"));
    arguments.addAll(TinySweep.QUICK_QUERIES);
    TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(command + "\n" + run.err()).isZero();
    return run;
  }

  /** The cells of a table by the method that they are of, without setting and method. */
  private Map<String, List<String>> rows(String table) throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("small-report").resolve(table + ".csv"))) {
      List<String> cells = List.of(line.split(",", -1));
      rows.put(cells.get(1), cells.subList(2, cells.size()));
    }
    rows.remove("Method");
    return rows;
  }

  /** Every column has a number, and the published ones are the paper's, in this order. */
  private static void requireFilled(List<String> cells, String... published) {
    assertThat(cells.subList(0, cells.size() - 1))
        .allSatisfy(cell -> assertThat(Double.parseDouble(cell)).isNotNegative());
    assertThat(cells).containsSubsequence(published);
  }

  private void writeModel(String name, String architecture) {
    try (SegmentationModel model =
        SegmentationModel.initialise(
            ModelConfiguration.parse(architecture, name), 1, Device.cpu())) {
      model.save(new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()), new Configuration());
    }
  }

  @Test
  void aMiniatureIsWrittenOnLocalDisksOnly() {
    TinySweep.Run run = TinySweep.run("miniature", "--output", "hdfs://host/data");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("copy it (hadoop fs -put)");
    assertThat(Path.of("hdfs:")).doesNotExist();
  }
}
