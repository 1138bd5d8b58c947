package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a repository of two sources, with programs in the place of Maven and Java. */
@Timeout(120)
class LauncherTest {

  @TempDir private Path home;
  private Path tools;

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(Path.of("../ttt"), home.resolve("ttt"));
    Files.createDirectories(home.resolve("jobs/src/main/java"));
    Files.createDirectories(home.resolve("jobs/src/archive"));
    Files.createDirectories(home.resolve("base/src/main/java"));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.writeString(home.resolve("jobs/pom.xml"), "");
    Files.writeString(home.resolve("jobs/src/main/java/Main.java"), "");
    Files.writeString(home.resolve("base/src/main/java/Old.java"), "");
    tools = Files.createDirectories(home.resolve("tools/bin"));
    Files.writeString(home.resolve("tools/release"), "JAVA_VERSION=\"17.0.1\"\n");
    program(
        "mvn",
        """
        echo "classes: $(ls base/target/classes 2>/dev/null | tr '\\n' ' ')" >>builds
        mkdir -p jobs/target/lib base/target/classes
        touch jobs/target/videottt-jobs-0.jar jobs/target/videottt-jobs-0-sources.jar jobs/target/lib/b.jar jobs/target/lib/a.jar
        for source in base/src/main/java/*.java; do
          touch "base/target/classes/$(basename "$source" .java).class"
        done
        """);
    program("java", "printf '%s\\n' \"$@\"\n");
    Path make = home.resolve("jobs/src/archive/make");
    Files.writeString(make, "#!/usr/bin/env bash\ntouch \"$4\"\n");
    Files.setPosixFilePermissions(make, PosixFilePermissions.fromString("rwxr-xr-x"));
    past(home);
  }

  private void program(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/usr/bin/env bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Files that were there before what happens now. */
  private static void past(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
      }
    }
  }

  private List<String> launch(String... arguments) throws IOException, InterruptedException {
    return launch(0, Map.of(), arguments);
  }

  private List<String> launch(int status, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path output = home.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(home.resolve("ttt").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", tools.getParent().toString());
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder
        .environment()
        .keySet()
        .removeAll(
            List.of(
                "TTT_SKIP_BUILD", "TTT_JAVA_OPTIONS", "TTT_JARS", "TTT_SPARK", "HADOOP_CONF_DIR"));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(status);
    return Files.readAllLines(output);
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("builds"));
  }

  @Test
  void buildsOnceAndStartsOnTheBuildsJarsInTheOrderOfTheirNames()
      throws IOException, InterruptedException {
    launch("status");
    List<String> command = launch("status");

    assertThat(builds()).hasSize(1);
    Path target = home.toRealPath().resolve("jobs/target");
    assertThat(command)
        .containsSubsequence(
            "-cp",
            target.resolve("videottt-jobs-0.jar")
                + ":"
                + target.resolve("lib/a.jar")
                + ":"
                + target.resolve("lib/b.jar"),
            "io.videottt.jobs.Main",
            "status")
        .contains("-XX:SharedArchiveFile=" + target.resolve("classes.jsa"));
  }

  @Test
  void classesOfASourceThatHasMovedAreNotLeftForTheNextBuild()
      throws IOException, InterruptedException {
    launch("status");
    Path moved = home.resolve("base/src/main/java/New.java");
    Files.move(home.resolve("base/src/main/java/Old.java"), moved);
    launch("status");

    assertThat(builds()).containsExactly("classes: ", "classes: ");
    assertThat(home.resolve("base/target/classes/New.class")).exists();
    assertThat(home.resolve("base/target/classes/Old.class")).doesNotExist();
  }

  @Test
  void classesAreKeptWhereSourcesHaveOnlyChangedOrCome() throws IOException, InterruptedException {
    launch("status");
    Files.writeString(home.resolve("base/src/main/java/New.java"), "");
    launch("status");

    assertThat(builds()).containsExactly("classes: ", "classes: Old.class ");
  }

  @Test
  void classesOfABuildThatLeftNoListAreNotTrusted() throws IOException, InterruptedException {
    Files.createDirectories(home.resolve("base/target/classes"));
    Files.writeString(home.resolve("base/target/classes/Gone.class"), "");
    launch("status");

    assertThat(builds()).containsExactly("classes: ");
  }

  @Test
  void withoutAnArchiveItRunsAllTheSame() throws IOException, InterruptedException {
    Files.writeString(home.resolve("jobs/src/archive/make"), "#!/usr/bin/env bash\nexit 1\n");
    List<String> command = launch("status");

    assertThat(command).contains("io.videottt.jobs.Main");
    assertThat(command).noneMatch(option -> option.contains("SharedArchiveFile"));
  }

  private void distribute(String spark) throws IOException {
    Files.delete(home.resolve("pom.xml"));
    Path jars = Files.createDirectories(home.resolve("jars/lib")).getParent();
    Files.writeString(jars.resolve("videottt-jobs-0-spark-%s.jar".formatted(spark)), "");
    Files.writeString(jars.resolve("lib/a.jar"), "");
  }

  @Test
  void aDistributionRunsOnItsOwnSparkAndRefusesAnother() throws IOException, InterruptedException {
    distribute("4.1");

    assertThat(launch("status")).contains("io.videottt.jobs.Main");
    assertThat(launch(0, Map.of("TTT_SPARK", "4.1"), "status")).contains("io.videottt.jobs.Main");
    assertThat(launch(1, Map.of("TTT_SPARK", "3.5"), "status"))
        .containsExactly(
            "ttt: this distribution is for Spark 4.1; for 3.5 run TTT_SPARK=3.5 ./ttt of the sources, which builds it");
  }

  @Test
  void aDistributionForTheOtherSparkNeedsNoVariable() throws IOException, InterruptedException {
    distribute("3.5");

    assertThat(launch("status")).contains("io.videottt.jobs.Main");
    assertThat(launch(1, Map.of("TTT_SPARK", "4.1"), "status").get(0))
        .startsWith("ttt: this distribution is for Spark 3.5; for 4.1 ");
  }

  /** INT is given back to the launcher, since these tests may run where it is switched off. */
  @Test
  void anInterruptionReachesTheProgramAsTheSignalThatItIsToldBy()
      throws IOException, InterruptedException {
    assumeThat(new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor())
        .as("env of GNU coreutils")
        .isZero();
    Path started = home.resolve("started");
    program(
        "java",
        """
        trap 'printf "%%s\\n" "$@"; exit 138' USR1
        touch '%s'
        while :; do sleep 0.1; done
        """
            .formatted(started));
    Path output = home.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("env", "--default-signal=INT", home.resolve("ttt").toString(), "status");
    builder.environment().put("JAVA_HOME", tools.getParent().toString());
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    Waiting.until("the program", () -> Waiting.happened(Files.exists(started)));

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(130);
    assertThat(Files.readString(output)).contains("-Dvideottt.interruptedBy=USR1");
  }

  @Test
  void shortCommandsAndHelpAreNotOptimised() throws IOException, InterruptedException {
    String options = "@" + home.toRealPath().resolve("jobs/target/short-java-options");
    for (String[] arguments :
        new String[][] {
          {}, {"--help"}, {"evaluate", "semantic"}, {"sweep", "--help"}, {"help", "sweep"}
        }) {
      assertThat(launch(arguments)).contains(options);
    }
    assertThat(launch("sweep", "--config", "a")).doesNotContain(options);
  }
}
