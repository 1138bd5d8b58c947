package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What short commands load: libraries that they do not need would take most of their time. */
@Timeout(120)
class StartUpTest {

  private static final Path REHEARSAL = Path.of("src/archive/rehearsal").toAbsolutePath();

  @TempDir private Path folder;

  /** The names of the classes that a command loads in a process of its own. */
  private List<String> loaded(String... arguments) throws IOException, InterruptedException {
    int status = run(System.getProperty("java.class.path"), arguments);
    assertThat(status).as(Files.readString(folder.resolve("output"))).isZero();
    return Files.readAllLines(folder.resolve("classes")).stream()
        .map(line -> line.split(" ")[0])
        .toList();
  }

  private int run(String classPath, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + folder.resolve("classes") + ":none",
                "-cp",
                classPath,
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static List<String> of(List<String> classes, String... packages) {
    return classes.stream()
        .filter(name -> List.of(packages).stream().anyMatch(name::startsWith))
        .toList();
  }

  @Test
  void helpLoadsNeitherSparkNorHadoopNorTheEngineNorJson()
      throws IOException, InterruptedException {
    List<String> classes = loaded("--help");
    assertThat(classes).contains("io.videottt.jobs.Main");
    assertThat(
            of(classes, "org.apache.spark.", "org.apache.hadoop.", "scala.", "ai.djl.", "com.fast"))
        .isEmpty();
  }

  @Test
  void helpOfEvaluateSearchesNoSettings() throws IOException, InterruptedException {
    List<String> classes = loaded("evaluate", "semantic", "--help");
    assertThat(classes).contains("io.videottt.jobs.cli.evaluate.EvaluateSemanticCommand");
    assertThat(of(classes, "io.videottt.jobs.runtime.HadoopSettings", "org.apache.hadoop.util."))
        .isEmpty();
  }

  private static String[] semanticEvaluation() {
    return new String[] {
      "evaluate",
      "semantic",
      "--ground-truth",
      REHEARSAL.resolve("labels").toString(),
      "--predictions",
      REHEARSAL.resolve("predictions").toString(),
      "--num-classes",
      "3"
    };
  }

  @Test
  void coreSiteBehindTheProgramsJarsCountsForEvaluate() throws IOException, InterruptedException {
    Path settings = Files.createDirectory(folder.resolve("settings"));
    Files.writeString(
        settings.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name>"
            + "<value>elsewhere://host</value></property></configuration>");
    int status =
        run(
            System.getProperty("java.class.path") + File.pathSeparator + settings,
            semanticEvaluation());
    assertThat(status).isEqualTo(1);
    assertThat(folder.resolve("output")).content().contains("elsewhere");
  }

  @Test
  void evaluateOfLocalFilesLoadsNoSparkAndNoRemoteFileSystem()
      throws IOException, InterruptedException {
    List<String> semantic = loaded(semanticEvaluation());
    List<String> instance =
        loaded(
            "evaluate",
            "instance",
            "--ground-truth",
            REHEARSAL.resolve("instances.json").toString(),
            "--predictions",
            REHEARSAL.resolve("results.json").toString());
    for (List<String> classes : List.of(semantic, instance)) {
      assertThat(classes)
          .as("jars are opened while the command line is read")
          .containsSubsequence(
              "io.videottt.jobs.runtime.HadoopSettings",
              "picocli.CommandLine",
              "io.videottt.io.storage.FileSystems");
      assertThat(
              of(
                  classes,
                  "org.apache.spark.",
                  "scala.",
                  "ai.djl.",
                  "com.amazonaws.",
                  "org.apache.hadoop.hdfs.",
                  "org.apache.hadoop.fs.s3a.",
                  "org.apache.hadoop.security.UserGroupInformation",
                  "javax.imageio."))
          .isEmpty();
    }
  }

  @Test
  void theGeneralHelpIsTheOneThatAllCommandsWithTheirOptionsGive() {
    String whole = Main.commandLine().getUsageMessage();
    for (List<String> arguments : List.of(List.<String>of(), List.of("--help"), List.of("-h"))) {
      TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));
      assertThat(run.out()).isEqualTo(whole);
    }
  }

  @Test
  void theHelpOfOneCommandIsTheSameAsAmongAll() {
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      TinySweep.Run run = TinySweep.run(command.getCommandName(), "--help");
      assertThat(run.out()).isEqualTo(command.getUsageMessage());
    }
  }
}
