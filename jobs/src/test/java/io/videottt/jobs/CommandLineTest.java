package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {

  @TempDir private Path folder;

  record Run(int status, String out, String err) {}

  static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Run(status, out.toString(), err.toString());
  }

  static Stream<String> commands() {
    List<String> names = new ArrayList<>();
    collect("", Main.commandLine(), names);
    return names.stream();
  }

  private static void collect(String prefix, CommandLine command, List<String> names) {
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              names.add((prefix + " " + name).trim());
              collect(prefix + " " + name, subcommand, names);
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithAnExample(String command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ")));
    arguments.add("--help");
    Run run = run(arguments.toArray(String[]::new));

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Usage: ttt " + command).contains("Example:");
    assertThat(run.out().replaceAll("\\s+", " ")).contains("./ttt " + command.split(" ")[0]);
  }

  @Test
  void theTopLevelHelpNamesEveryCommand() {
    assertThat(run("--help").out())
        .contains("sweep", "plan", "train", "report", "predict", "catalog", "bench");
  }

  /** Text as it was written: nothing is broken twice, and examples can be copied. */
  @ParameterizedTest
  @MethodSource("commands")
  void helpIsWrappedOnceAndNamesEveryOptionOnce(String command) {
    CommandLine commandLine = Main.commandLine();
    for (String name : command.split(" ")) {
      commandLine = commandLine.getSubcommands().get(name);
    }
    List<String> lines = commandLine.getUsageMessage().lines().toList();

    String[] footer = commandLine.getCommandSpec().usageMessage().footer();
    List<String> beforeExamples = lines.subList(0, Math.max(0, lines.size() - footer.length));
    assertThat(lines).endsWith(footer);
    assertThat(lines).allMatch(line -> line.length() <= Main.HELP_WIDTH);
    for (CommandLine.Model.OptionSpec option : commandLine.getCommandSpec().options()) {
      String name = Pattern.quote(option.longestName());
      assertThat(beforeExamples)
          .as(name)
          .filteredOn(line -> line.matches(" {2,6}(-\\w, )?" + name + "($|[ =,].*)"))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void withoutACommandTheCommandsAreListedEachWithASentence() {
    Run run = run();

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    String listed = run.out().replaceAll("\\s+", " ");
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      String first = command.getCommandSpec().usageMessage().description()[0];
      assertThat(first).endsWith(".");
      assertThat(listed).contains(command.getCommandName() + " " + first);
    }
  }

  @Test
  void aFolderOfEventLogsThatIsNotThereIsNamedBeforeSparkStarts() throws IOException {
    List<String> report = List.of("report", "--results", "r", "--output", "o");
    Path events = folder.resolve("events");
    String[] command =
        with(
            report,
            "--properties-file",
            "../conf/spark/watched.conf",
            "--conf",
            "spark.eventLog.dir=" + events.toUri());
    Run run = run(command);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "ttt: spark.eventLog.dir: %s: there is no such folder, and Spark's event logs are to be written there"
                .formatted(events.toUri()),
            "make it (mkdir -p %s), or give another with --conf spark.eventLog.dir=DIR, or have none with --conf spark.eventLog.enabled=false"
                .formatted(events));

    Files.writeString(events, "a file");
    assertThat(run(command).err())
        .contains("it is a file, not a folder", "--conf spark.eventLog.dir=DIR")
        .hasLineCount(2);

    String[] withoutScheme =
        with(
            report,
            "--conf",
            "spark.eventLog.enabled=true",
            "--conf",
            "spark.eventLog.dir=" + folder.resolve("none"));
    assertThat(run(withoutScheme).err())
        .contains("there is no such folder", "mkdir -p " + folder.resolve("none"))
        .hasLineCount(2);
  }

  /** The script is run by the shell that it is for. */
  @Test
  void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
    Path script = folder.resolve("completion");
    Files.writeString(script, run("completion").out());
    Path asked = folder.resolve("asked.sh");
    Files.writeString(
        asked,
        """
        source %s
        complete_words() {
          COMP_WORDS=("$@")
          COMP_CWORD=$(($# - 1))
          COMPREPLY=()
          _complete_ttt
          echo "${COMPREPLY[*]}"
        }
        complete_words ttt swe
        complete_words ttt sweep --conf
        complete_words ttt catalog ch
        complete_words ttt export --to ''
        complete_words ttt plan --task-per ''
        complete_words ttt bench --precision ''
        complete_words ttt sweep --save ''
        complete_words ttt predict --task ''
        """
            .formatted(script));
    Process process =
        new ProcessBuilder("bash", asked.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> answers =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    assertThat(process.waitFor()).isZero();
    assertThat(answers).hasSize(8);
    assertThat(answers.get(0)).contains("sweep");
    assertThat(answers.get(1)).contains("--config");
    assertThat(answers.get(2)).contains("check");
    assertThat(answers.subList(3, 8))
        .containsExactly(
            "tensorboard mlflow csv",
            "video adaptation",
            "fp32 bf16 fp16",
            "predictions overlays video",
            "semantic panoptic instance colorization");
  }

  @Test
  void noWordIsOfferedInCapitals() {
    assertThat(run("completion").out().lines())
        .filteredOn(line -> line.contains("_option_args=("))
        .hasSizeGreaterThan(8)
        .noneMatch(line -> line.matches(".*\"[A-Z0-9_]+\".*"));
  }

  @Test
  void aMissingFileIsStatusOneAndOneLine() {
    String config = folder.resolve("none.yaml").toString();
    Run run = run("plan", "--config", config);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly("ttt: " + config + ": no such configuration file");
  }

  @Test
  void aFolderInPlaceOfAFileIsToldAsOne() {
    assertThat(run("plan", "--config", folder.toString()).err())
        .isEqualTo("ttt: %s: a folder; give a configuration file%n".formatted(folder));
    String[] report = {"report", "--results", "r", "--output", "o"};
    assertThat(run(with(List.of(report), "--properties-file", folder.toString())).err())
        .startsWith("ttt: %s: a folder, no properties file".formatted(folder))
        .hasLineCount(1);
  }

  @Test
  void theStackTraceComesWithDebugOnly() {
    String config = folder.resolve("none.yaml").toString();
    assertThat(run("plan", "--debug", "--config", config).err())
        .contains("InvalidInputException")
        .contains("\tat ");
  }

  @Test
  void anImpossibleDeviceIsStatusOne() {
    Run run = run("sweep", "--config", "x", "--output", "y", "--device", "tpu");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("'tpu'", "auto, cpu or gpu:N");
  }

  @Test
  void printCommandPrintsTheSubmissionAndRunsNothing() {
    Run run =
        run(
            "sweep",
            "--config",
            "no such.yaml",
            "--output",
            "o",
            "--master",
            "spark://h:7077",
            "--conf",
            "spark.cores.max=4",
            "--print-command");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("# The same with spark-submit (nothing was run):")
        .contains("--class io.videottt.jobs.Main")
        .contains("--master spark://h:7077")
        .contains("--conf spark.cores.max=4")
        .contains("sweep --config 'no such.yaml' --output o")
        .doesNotContain("--print-command");
  }

  @Test
  void printCommandNamesTheFileThatKeepsADriversLogToTheProgramsOwnLines() throws IOException {
    Path file = folder.resolve("driver.conf");
    Files.writeString(file, "spark.driver.extraJavaOptions -Dmine=1\n");
    List<String> command =
        List.of("sweep", "--config", "c.yaml", "--output", "o", "--print-command");

    assertThat(run(command.toArray(String[]::new)).out())
        .containsPattern(
            "'spark.driver.extraJavaOptions=-Dai.djl.offline=true"
                + " -Dlog4j2.configurationFile=file:/\\S+/conf/spark/log4j2.properties'");
    assertThat(run(with(command, "--properties-file", file.toString())).out())
        .containsPattern(
            "'spark.driver.extraJavaOptions=-Dmine=1 -Dlog4j2.configurationFile=file:/\\S+'");
    assertThat(
            run(with(
                    command,
                    "--conf",
                    "spark.driver.extraJavaOptions=-Dlog4j2.configurationFile=my.properties"))
                .out())
        .contains("extraJavaOptions=-Dlog4j2.configurationFile=my.properties")
        .doesNotContain("conf/spark/log4j2.properties");
  }

  @Test
  void printCommandLeavesAPropertiesFileToSparkSubmit() throws IOException {
    Path file = folder.resolve("gpu.conf");
    Files.writeString(
        file, "spark.master spark://h:7077\nspark.executor.extraJavaOptions -Dmine=1\n");
    Run run =
        run(
            "sweep",
            "--config",
            "c.yaml",
            "--output",
            "o",
            "--properties-file=" + file,
            "--print-command");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("--properties-file " + file)
        .contains("--conf spark.executorEnv.OMP_WAIT_POLICY=PASSIVE")
        .doesNotContain("--master", "spark.executor.extraJavaOptions", "--properties-file=");
  }

  @Test
  void aPropertiesFileThatIsMissingOrNotSparksIsNamed() throws IOException {
    Path file = folder.resolve("some.conf");
    List<String> command = List.of("report", "--results", "r", "--output", "o");
    assertThat(run(with(command, "--properties-file", file.toString())).err())
        .contains(file + ": no such properties file");

    Files.writeString(file, "master local[2]\n");
    Run run = run(with(command, "--properties-file", file.toString()));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(file.toString(), "unknown key 'master'");
  }

  private static String[] with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void secretsAreNotPrinted() {
    Run run =
        run(
            "sweep",
            "--config",
            "c.yaml",
            "--output",
            "s3a://bucket/o",
            "--conf",
            "spark.hadoop.fs.s3a.secret.key=THE-SECRET",
            "--conf",
            "spark.hadoop.fs.s3a.access.key=THE-KEY",
            "--print-command");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("spark.hadoop.fs.s3a.secret.key=(not printed)")
        .contains("--output s3a://bucket/o")
        .doesNotContain("THE-SECRET", "THE-KEY");
  }

  @Test
  void credentialsInAPathAreRefusedWherePathsMayStand() throws IOException {
    String output = "s3a://THE-KEY:THE-SECRET@bucket/o";
    for (Run run :
        List.of(
            run("sweep", "--config", "c.yaml", "--output", output),
            run("sweep", "--config", "c.yaml", "--output=" + output, "--print-command"),
            run("sweep", "--no-such-option", output))) {
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("core-site.xml").doesNotContain("THE-");
      assertThat(run.out()).isEmpty();
    }
    Path config = folder.resolve("sweep.yaml");
    Files.writeString(
        config,
        """
        datasets: [{name: embedded, splits: [test]}]
        models: [{label: tiny, joint: "%s"}]
        methods: [{method: mae-joint-training, preset: small}]
        """
            .formatted(output));
    Run run = run("plan", "--config", config.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("sweep.yaml", "core-site.xml").doesNotContain("THE-");
  }

  @Test
  void aMasterThatNeedsADistributionIsNamed() {
    for (String master : List.of("yarn", "k8s://https://host:443")) {
      Run run = run("report", "--results", "r", "--output", "o", "--master", master);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains(master, "--print-command");
    }
  }

  @Test
  void aPageBudgetOutsideItsRangeIsNamedBeforeSparkStarts() {
    for (String budget : List.of("-1", "NaN", "200.5", "1e300")) {
      Run run = run("report", "--results", "r", "--output", "o", "--page-budget", budget);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).startsWith("ttt: --page-budget is ").contains("expected 0 to 200");
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @Test
  void catalogListNamesTheBuiltInDataSets() {
    Run run = run("catalog", "list");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("camvid", "kitti-step", "cityscapes", "embedded");
  }
}
