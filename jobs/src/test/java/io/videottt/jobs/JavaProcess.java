package io.videottt.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Java process with the class path and the module options of this one, and its log. */
public final class JavaProcess {

  /** Most of these processes end before compiled code would pay. */
  static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final Path log;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a class.
   *
   * @param log receives both outputs
   * @param memory of the Java heap, for example 512m
   * @param options more options for java
   * @param main the class and its arguments
   */
  public static JavaProcess start(Path log, String memory, List<String> options, List<String> main)
      throws IOException {
    return start(log, memory, Map.of(), options, main);
  }

  /**
   * As above.
   *
   * @param environment variables beside those of this process
   */
  static JavaProcess start(
      Path log,
      String memory,
      Map<String, String> environment,
      List<String> options,
      List<String> main)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-Xmx"))
        .forEach(command::add);
    command.add("-Xmx" + memory);
    command.addAll(QUICK_START);
    command.add(logging());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(main);
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new JavaProcess(builder.redirectOutput(log.toFile()).start(), log);
  }

  /** Makes a process log what the tests wait for. */
  static String logging() {
    try {
      Path file = Path.of(JavaProcess.class.getResource("/cluster-log4j2.properties").toURI());
      return "-Dlog4j2.configurationFile=" + file;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("test resources are files", e);
    }
  }

  public Process process() {
    return process;
  }

  public String log() {
    return read(log);
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line of the log. */
  MatchResult await(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return Waiting.until(
        "a line " + regex + " in " + log,
        () -> {
          Optional<MatchResult> match = pattern.matcher(log()).results().findFirst();
          if (match.isEmpty() && !process.isAlive()) {
            throw new AssertionError("the process has ended:\n" + log());
          }
          return match;
        });
  }

  /** Waits for the end; the exit status. */
  public int awaitEnd() {
    return Waiting.until(
        "the end of the process of " + log,
        () -> process.isAlive() ? Optional.empty() : Optional.of(process.exitValue()));
  }
}
