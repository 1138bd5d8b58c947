package io.videottt.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** Writes the spark-submit command that is equivalent to a launcher command. */
final class SparkSubmitCommand {

  /** The jars that a Spark distribution does not bring along. */
  private static final List<String> OWN_JARS =
      List.of(
          "metrics-",
          "data-catalog-",
          "model-",
          "adaptation-",
          "reports-",
          "api-",
          "pytorch-",
          "picocli-",
          "jackson-dataformat-yaml-",
          "jackson-datatype-jdk8-",
          "gson-",
          "jna-");

  private SparkSubmitCommand() {}

  static String of(List<String> arguments, ParseResult leaf) {
    Path target = Path.of(System.getProperty("videottt.home", "."), "jobs", "target");
    List<String> words = new ArrayList<>();
    words.add("spark-submit");
    words.add("--class " + Main.class.getName());
    words.add("--master " + quoted(value(leaf, "--master", "local[*]")));
    words.add("--driver-java-options " + quoted("-Dai.djl.offline=true"));
    words.add("--conf " + quoted("spark.executor.extraJavaOptions=-Dai.djl.offline=true"));
    ExecutorEnvironment.PROPERTIES.forEach(
        (key, value) -> words.add("--conf " + key + "=" + value));
    Map<String, String> properties = leaf.matchedOptionValue("--conf", Map.<String, String>of());
    properties.forEach((key, value) -> words.add("--conf " + quoted(key + "=" + value)));
    words.add("--jars " + quoted(ownJars(target.resolve("lib"))));
    words.add(quoted(applicationJar(target)));
    words.add(
        SubmitCommandPrinter.applicationArguments(arguments).stream()
            .map(SparkSubmitCommand::quoted)
            .collect(Collectors.joining(" ")));
    return String.join(" \\\n  ", words);
  }

  private static String value(ParseResult leaf, String option, String otherwise) {
    return leaf.hasMatchedOption(option)
        ? String.valueOf(leaf.<Object>matchedOptionValue(option, otherwise))
        : otherwise;
  }

  private static String ownJars(Path library) {
    return list(library)
        .filter(path -> OWN_JARS.stream().anyMatch(path.getFileName().toString()::startsWith))
        .map(Path::toString)
        .collect(Collectors.joining(","));
  }

  private static String applicationJar(Path target) {
    return list(target)
        .map(Path::toString)
        .filter(name -> name.endsWith(".jar"))
        .findFirst()
        .orElse(target.resolve("jobs.jar").toString());
  }

  private static Stream<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
