package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --model} and {@code --set} over a training file. */
class TrainingOverridesTest {

  private static final String FILE =
      """
      training: {dataset: tiny, split: train}
      validation: {dataset: tiny, split: test}
      architecture: missing.json
      settings:
        height: 32
        width: 48
        batchSize: 1
        mainTask: {iterations: 900}
        joint: {iterations: 900}
      """;

  @TempDir private Path folder;

  private TinySweep.Run train(String... more) throws IOException {
    TinySweep.create(folder, 1);
    Path file = Files.writeString(folder.resolve("training.yaml"), FILE);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config",
                file.toString(),
                "--catalog",
                folder.resolve("catalog").toString(),
                "--output",
                folder.resolve("model").toString()));
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  @Test
  void aModelAndSettingsOnTheCommandLineTakeThePlaceOfTheFiles() throws IOException {
    TinySweep.Run run =
        train(
            "--model",
            "joint=" + folder.resolve("joint"),
            "--set",
            "mainTask.iterations=0",
            "--set",
            "mainTask.warmUpIterations=0",
            "--set",
            "joint.warmUpIterations=0",
            "--set",
            "joint.iterations=2",
            "--set",
            "logStep=1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("--model: training starts from " + folder.resolve("joint"))
        .contains("--set mainTask.iterations: 0", "--set joint.iterations: 2");
    assertThat(folder.resolve("model/joint/model.safetensors")).exists();
    assertThat(folder.resolve("model/main-task-only")).doesNotExist();
    assertThat(Files.readString(folder.resolve("model/training-log.jsonl")))
        .contains("\"iteration\":2")
        .doesNotContain("\"iteration\":3");
  }

  @Test
  void whatIsNoSettingIsNamedWithTheOption() throws IOException {
    assertThat(train("--model", "joint=" + folder.resolve("joint"), "--set", "lerningRate=1").err())
        .startsWith("ttt: --set")
        .contains("lerningRate");
    assertThat(train("--set", "joint=1", "--set", "joint.iterations=2").err())
        .contains("--set joint and --set joint.iterations: one is within the other");
    assertThat(train("--model", "joint=").err())
        .contains("--model joint=: expected a model folder");
    assertThat(train("--model", "foo=" + folder.resolve("joint")).err())
        .startsWith("ttt: --model foo=")
        .contains("expected a model folder, as DIR or joint=DIR");
    assertThat(folder.resolve("model")).doesNotExist();
  }
}
