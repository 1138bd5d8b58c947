package io.videottt.jobs.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars that executors need beside those of a Spark distribution, where the build put them. */
public final class ApplicationJars {

  /** Names before the version; Spark's metrics-core is none of them. */
  private static final Pattern APPLICATION = Pattern.compile("videottt-jobs-[0-9].*\\.jar");

  private static final Pattern LIBRARY =
      Pattern.compile(
          "(videottt-[a-z-]+|api|pytorch-[a-z-]+|picocli|gson|jna"
              + "|jackson-dataformat-yaml|jackson-dataformat-cbor|jackson-datatype-jdk8"
              + "|hadoop-aws|aws-java-sdk-[a-z0-9]+|jmespath-java|ion-java|httpclient|httpcore"
              + "|ffmpeg|javacpp|ejml-[a-z]+|joda-time|jte-runtime|jfreechart|batik-[a-z-]+|xmlgraphics-commons)-[0-9].*\\.jar");

  private final Path target;

  private ApplicationJars(Path target) {
    this.target = target;
  }

  /** The jars that the launcher has started: those of a build or of a distribution. */
  public static ApplicationJars ofTheLauncher() {
    return new ApplicationJars(Path.of(System.getProperty("videottt.jars", "jobs/target")));
  }

  /** The thin jar; its future place when nothing is built. */
  public Path application() {
    return list(target).stream()
        .filter(file -> APPLICATION.matcher(file.getFileName().toString()).matches())
        .findFirst()
        .orElse(target.resolve("videottt-jobs.jar"));
  }

  /** What it needs; none when nothing is built. */
  public List<Path> libraries() {
    return list(target.resolve("lib")).stream().filter(ApplicationJars::isLibrary).toList();
  }

  /** Whether a jar is needed and no part of a Spark distribution. */
  static boolean isLibrary(Path jar) {
    return LIBRARY.matcher(jar.getFileName().toString()).matches();
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
